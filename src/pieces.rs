//! The boundary over an index in pieces: it says which pieces it needs, and whoever calls it fetches them.

use crate::Code;
use crate::convert;
use crate::error::{fail, throw};
use jisou_core::container::VERSION;
use jisou_core::cut::Piece;
#[cfg(feature = "meant")]
use jisou_core::cut::chosen::Asking;
#[cfg(feature = "meant")]
use jisou_core::cut::plan::Explained;
use jisou_core::cut::plan::{Cut, Opened, Step};
use jisou_core::rank::Knobs;
use jisou_core::response::{Value, number};
use wasm_bindgen::prelude::*;

/// An index in pieces, with those that are loaded.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    cut: Cut,
}

#[wasm_bindgen]
impl Engine {
    /// Opens an index in pieces by its root. Throws an `Error` whose `code` is one of those of a whole index.
    #[wasm_bindgen(constructor)]
    pub fn new(root: Vec<u8>) -> Result<Engine, JsValue> {
        Ok(Engine { cut: Cut::open(&root).map_err(fail)? })
    }

    /// Answers a query; or gives the names of the pieces that are to be supplied before it is asked again. With `typed`, by what was typed
    /// alone: the pieces with names in `w` cannot be had.
    #[wasm_bindgen(unchecked_return_type = "string[] | SearchResponse")]
    pub fn search(
        &mut self,
        query: &str,
        #[wasm_bindgen(unchecked_param_type = "SearchOptions | undefined")] options: JsValue,
        typed: bool,
    ) -> Result<JsValue, JsValue> {
        let knobs = Knobs::default();
        #[cfg(feature = "meant")]
        let step = {
            let selection = convert::selection(&options)?;
            let counted = !options.is_undefined() && convert::flag(&options, "facets", !selection.is_empty())?;
            let asking = Asking { options: convert::options(&options)?, selection: &selection, counted, typed };
            self.cut.select(query, asking, &knobs)
        };
        // This engine knows nothing but what was typed.
        #[cfg(not(feature = "meant"))]
        let (step, _) = (self.cut.search(query, convert::options(&options)?, &knobs), typed);
        match step.map_err(fail)? {
            Step::Needs(needs) => names(&needs),
            Step::Done(answered) => convert::to_js(&answered.response(query)),
        }
    }

    /// A whole page for reading, with what a query finds in it marked; or the names of the pieces that are to be supplied first. `typed` as
    /// for a search.
    /// Throws an `Error` with code `no-such-page`.
    #[wasm_bindgen(unchecked_return_type = "string[] | Page")]
    pub fn page(&mut self, id: f64, query: Option<String>, typed: bool) -> Result<JsValue, JsValue> {
        let id = convert::page_number(id);
        let query = query.as_deref().unwrap_or_default();
        let opened = match typed && cfg!(feature = "meant") {
            true => self.cut.read_typed(id, query),
            false => self.cut.read(id, query),
        };
        match opened.map_err(fail)? {
            Opened::Needs(needs) => names(&needs),
            Opened::Done(opened) => {
                let mut page = convert::page(&opened.0, 0, &opened.1);
                if let Value::Object(fields) = &mut page {
                    for (_, value) in fields.iter_mut().filter(|(name, _)| *name == "id") {
                        *value = number(id as usize);
                    }
                }
                convert::to_js(&page)
            }
        }
    }

    /// Completions of what has been typed so far, best first, each behind a line break: words of Han, from the second character on; or the names
    /// of the pieces that are to be supplied first. `limit` is 8 if it is not given, and at most 100. Throws an `Error` with code `bad-option`.
    #[wasm_bindgen(unchecked_return_type = "string[] | string")]
    pub fn suggest(
        &mut self,
        prefix: &str,
        #[wasm_bindgen(unchecked_param_type = "{ limit?: number } | undefined")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        match self.cut.complete(prefix, convert::completions_wanted(&options)?) {
            Err(needs) => names(&needs),
            Ok(words) => {
                let mut lines = String::new();
                for word in &words {
                    lines.push('\n');
                    lines.push_str(word);
                }
                convert::to_js(&Value::Owned(lines))
            }
        }
    }

    /// Takes a piece as it was fetched. Throws an `Error` with code `wrong-piece` for bytes that are not this piece of this build.
    pub fn supply(&mut self, name: &str, bytes: &[u8]) -> Result<(), JsValue> {
        let piece = Piece::named(name).ok_or_else(|| throw(Code::BadOption))?;
        self.cut.supply(piece, bytes).map_err(fail)
    }

    /// Forgets the pieces that were not needed for the longest time, until at most `bytes` bytes are left.
    pub fn keep(&mut self, bytes: f64) {
        self.cut.keep(bytes as usize);
    }

    /// Figures about the index, as far as its root tells them.
    #[wasm_bindgen(unchecked_return_type = "IndexInfo")]
    pub fn info(&self) -> Result<JsValue, JsValue> {
        let figures = &self.cut.root().figures;
        convert::to_js(&Value::Object(vec![
            ("pages", number(figures.pages as usize)),
            ("passages", number(figures.passages as usize)),
            ("characters", number(figures.characters as usize)),
            ("terms", number(figures.terms as usize)),
            ("tokens", number(figures.tokens as usize)),
            ("bytes", number(figures.bytes as usize)),
            ("formatVersion", number(usize::from(VERSION))),
        ]))
    }
}

#[cfg(feature = "meant")]
#[wasm_bindgen]
impl Engine {
    /// Why a page stands where it stands in the answer to a query as it was typed, null if it does not answer; or the names of the pieces that
    /// are to be supplied first. Throws an `Error` with code `no-such-page`.
    #[wasm_bindgen(unchecked_return_type = "string[] | Explanation | null")]
    pub fn explain(&mut self, query: &str, id: f64) -> Result<JsValue, JsValue> {
        match self.cut.explain(convert::page_number(id), query, &Knobs::default()).map_err(fail)? {
            Explained::Needs(needs) => names(&needs),
            Explained::Done(explanation) => convert::to_js(&explanation),
        }
    }
}

fn names(pieces: &[Piece]) -> Result<JsValue, JsValue> {
    let mut names = Vec::with_capacity(pieces.len());
    for piece in pieces {
        names.push(Value::Owned(piece.name()));
    }
    convert::to_js(&Value::List(names))
}
