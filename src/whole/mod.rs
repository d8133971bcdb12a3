//! The boundary over a whole index.

mod convert;

use crate::convert::{self as shared, page, page_number, to_js};
use crate::error::{self, Code, fail};
use jisou_core::Index;
use jisou_core::complete::complete;
use jisou_core::rank::Knobs;
use jisou_core::response::{explanation, filters, response, sorts};
use jisou_core::search::Evaluation;
use std::sync::OnceLock;
use wasm_bindgen::prelude::*;

/// The index of the corpus folder, compiled by `build.rs`.
#[cfg(feature = "embedded")]
static CORPUS: Option<&[u8]> = Some(include_bytes!(concat!(env!("OUT_DIR"), "/corpus.jisou")));

/// This module opens the indexes that it is handed.
#[cfg(not(feature = "embedded"))]
static CORPUS: Option<&[u8]> = None;

/// The opened embedded index, for [`search`].
static EMBEDDED: OnceLock<Engine> = OnceLock::new();

/// An open index.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Engine {
    index: Index,
    knobs: Knobs,
}

#[wasm_bindgen]
impl Engine {
    /// Opens an index from its bytes.
    ///
    /// Throws an `Error` whose `code` is one of `wrong-magic`, `wrong-version`, `wrong-length`, `checksum`, `corrupt`,
    /// `missing-section`, `wrong-piece`.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: Vec<u8>) -> Result<Engine, JsValue> {
        Ok(Engine { index: Index::open(bytes).map_err(fail)?, knobs: Knobs::default() })
    }

    /// Opens the index that is embedded in this module. Throws an `Error` with code `no-index` if there is none.
    pub fn embedded() -> Result<Engine, JsValue> {
        let corpus = CORPUS.ok_or_else(|| error::throw(Code::NoIndex))?;
        Ok(Engine { index: Index::open(corpus).map_err(fail)?, knobs: Knobs::default() })
    }

    /// Answers a query. Throws an `Error` with code `bad-option` for options of the wrong type or range.
    #[wasm_bindgen(unchecked_return_type = "SearchResponse")]
    pub fn search(
        &self,
        query: &str,
        #[wasm_bindgen(unchecked_param_type = "SearchOptions | undefined")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let selection = shared::selection(&options)?;
        let answer = self.index.select(query, shared::options(&options)?, &selection, &self.knobs).map_err(fail)?;
        to_js(&response(&self.index, query, &answer))
    }

    /// A whole page for reading, with what a query finds in it marked. Throws an `Error` with code `no-such-page`.
    #[wasm_bindgen(unchecked_return_type = "Page")]
    pub fn page(&self, id: f64, query: Option<String>) -> Result<JsValue, JsValue> {
        let number = page_number(id);
        let reading = self.index.read(number, query.as_deref().unwrap_or_default()).map_err(fail)?;
        to_js(&page(&self.index, number, &reading))
    }

    /// Completions of what has been typed so far, best first; `limit` is 8 if it is not given.
    #[wasm_bindgen(unchecked_return_type = "Completion[]")]
    pub fn suggest(
        &self,
        prefix: &str,
        #[wasm_bindgen(unchecked_param_type = "{ limit?: number } | undefined")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let limit = shared::completions_wanted(&options)?;
        to_js(&convert::completions(&complete(&self.index, prefix, limit)))
    }

    /// Why a page stands where it stands in the answer to a query; null if it does not answer. Throws an `Error` with
    /// code `no-such-page`.
    #[wasm_bindgen(unchecked_return_type = "Explanation | null")]
    pub fn explain(&self, query: &str, id: f64) -> Result<JsValue, JsValue> {
        let page = self.index.check_page(page_number(id)).map_err(fail)?;
        to_js(&explanation(&Evaluation::new(&self.index, &self.knobs, query, true), page))
    }

    /// Changes what shapes the order of pages. Throws an `Error` with code `bad-option` and changes nothing if a value
    /// is out of range.
    #[wasm_bindgen(js_name = setRanking)]
    pub fn set_ranking(
        &mut self,
        #[wasm_bindgen(unchecked_param_type = "Ranking")] ranking: JsValue,
    ) -> Result<(), JsValue> {
        convert::ranking(&ranking, &mut self.knobs)
    }

    /// Every page with its title, in the order of the corpus.
    #[wasm_bindgen(unchecked_return_type = "PageSummary[]")]
    pub fn pages(&self) -> Result<JsValue, JsValue> {
        to_js(&convert::summaries(&self.index))
    }

    /// What the pages can be filtered by, with how many have each value.
    #[wasm_bindgen(unchecked_return_type = "Facet[]")]
    pub fn filters(&self) -> Result<JsValue, JsValue> {
        to_js(&filters(self.index.facets()))
    }

    /// What the pages can be sorted by.
    #[wasm_bindgen(unchecked_return_type = "SortInfo[]")]
    pub fn sorts(&self) -> Result<JsValue, JsValue> {
        to_js(&sorts(self.index.facets()))
    }

    /// Figures about the index.
    #[wasm_bindgen(unchecked_return_type = "IndexInfo")]
    pub fn info(&self) -> Result<JsValue, JsValue> {
        to_js(&convert::info(&self.index))
    }
}

/// Answers a query over the index embedded in this module, which is opened by the first call.
#[wasm_bindgen(unchecked_return_type = "SearchResponse")]
pub fn search(
    query: &str,
    #[wasm_bindgen(unchecked_param_type = "SearchOptions | undefined")] options: JsValue,
) -> Result<JsValue, JsValue> {
    if EMBEDDED.get().is_none() {
        // Only this thread is here: nobody else can have set it in the meantime.
        let _ = EMBEDDED.set(Engine::embedded()?);
    }
    match EMBEDDED.get() {
        Some(engine) => engine.search(query, options),
        None => Err(error::throw(Code::Internal)),
    }
}
