//! The JavaScript boundary of Jisou: one class over an index, and a search over the index embedded in this module.
//!
//! Nothing is decided here: arguments are converted, `jisou-core` answers, results are converted back. Errors are
//! JavaScript `Error`s with a stable `code` and a message that says what to do.

mod convert;
mod error;
mod types;

use error::{Code, fail};
use jisou_core::Index;
use jisou_core::rank::Knobs;
use std::cell::OnceCell;
use wasm_bindgen::prelude::*;

/// The index of the corpus folder, compiled by `build.rs`.
static CORPUS: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/corpus.jisou"));

thread_local! {
    /// The opened embedded index, for [`search`].
    static EMBEDDED: OnceCell<Engine> = const { OnceCell::new() };
}

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

    /// Opens the index that is embedded in this module.
    pub fn embedded() -> Result<Engine, JsValue> {
        Ok(Engine { index: Index::open(CORPUS).map_err(fail)?, knobs: Knobs::default() })
    }

    /// Answers a query. Throws an `Error` with code `bad-option` for options of the wrong type or range.
    #[wasm_bindgen(unchecked_return_type = "SearchResponse")]
    pub fn search(
        &self,
        query: &str,
        #[wasm_bindgen(unchecked_param_type = "SearchOptions | undefined")] options: JsValue,
    ) -> Result<JsValue, JsValue> {
        let options = convert::options(&options)?;
        let answer = self.index.search(query, options, &self.knobs);
        convert::to_js(&convert::response(&self.index, query, &answer))
    }

    /// A whole page for reading, with what a query finds in it marked. Throws an `Error` with code `no-such-page`.
    #[wasm_bindgen(unchecked_return_type = "Page")]
    pub fn page(&self, id: f64, query: Option<String>) -> Result<JsValue, JsValue> {
        let number = if id.fract() == 0.0 && (0.0..f64::from(u32::MAX)).contains(&id) { id as u32 } else { u32::MAX };
        let reading = self.index.read(number, query.as_deref().unwrap_or_default()).map_err(fail)?;
        convert::to_js(&convert::page(&self.index, number, &reading))
    }

    /// Every page with its title, in the order of the corpus.
    #[wasm_bindgen(unchecked_return_type = "PageSummary[]")]
    pub fn pages(&self) -> Result<JsValue, JsValue> {
        convert::to_js(&convert::summaries(&self.index))
    }

    /// Figures about the index.
    #[wasm_bindgen(unchecked_return_type = "IndexInfo")]
    pub fn info(&self) -> Result<JsValue, JsValue> {
        convert::to_js(&convert::info(&self.index))
    }
}

/// Answers a query over the index embedded in this module, which is opened by the first call.
#[wasm_bindgen(unchecked_return_type = "SearchResponse")]
pub fn search(
    query: &str,
    #[wasm_bindgen(unchecked_param_type = "SearchOptions | undefined")] options: JsValue,
) -> Result<JsValue, JsValue> {
    EMBEDDED.with(|cell| {
        if let Some(engine) = cell.get() {
            return engine.search(query, options);
        }
        let engine = Engine::embedded()?;
        cell.get_or_init(|| engine).search(query, options)
    })
}

/// The error for options that cannot be used.
fn bad_option() -> JsValue {
    error::throw(Code::BadOption)
}
