//! Errors as JavaScript knows them: an `Error` with a `code`.

use jisou_core::Error;
use wasm_bindgen::JsValue;

/// Errors of the boundary itself.
pub(crate) enum Code {
    /// An option has the wrong type or is out of range.
    BadOption,
    /// The module has no index inside.
    #[cfg(not(feature = "pieces"))]
    NoIndex,
    /// A result could not be handed over.
    Internal,
}

/// An `Error` for an error of the core.
pub(crate) fn fail(error: Error) -> JsValue {
    with_code(error.code(), error.remedy())
}

/// An `Error` for an error of the boundary.
pub(crate) fn throw(code: Code) -> JsValue {
    match code {
        Code::BadOption => with_code(
            "bad-option",
            "limit and offset must be whole numbers from 0 or Infinity, prefix and collapse true or false, \
             ranking values in their range",
        ),
        #[cfg(not(feature = "pieces"))]
        Code::NoIndex => with_code("no-index", "this module has no index inside; open the folder of a bundle"),
        Code::Internal => with_code("internal", "the answer could not be handed over; please report this query"),
    }
}

fn with_code(code: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    // Setting a property of a fresh Error cannot fail; if it did, the error itself still says what happened.
    let _ = js_sys::Reflect::set(&error, &"code".into(), &code.into());
    error.into()
}
