//! Why a page stands where it stands in an answer from pieces.

use super::looking::{Looking, fragments};
use super::texts::assemble;
use crate::Error;
use crate::ids::PageId;
use crate::rank::Knobs;
use crate::response::{Value, explanation};
use crate::search::Evaluation;

impl Looking<'_> {
    /// What [`explanation`] says of a page and a query as it was typed; `None` if pieces are missing.
    pub(super) fn explain(&mut self, number: u32, text: &str, knobs: &Knobs) -> Result<Option<Value<'static>>, Error> {
        let pages = self.cut.root.figures.pages;
        if number >= pages {
            return Err(Error::NoSuchPage { page: number, pages });
        }
        let Some(asked) = self.asked(text, true, knobs)? else { return Ok(None) };
        let Some(candidate) = asked.found.iter().find(|candidate| candidate.page == number) else {
            return Ok(Some(Value::Null));
        };
        let wanted = [(number, candidate.parts(true))];
        let mut pieces = Vec::new();
        if !self.texts(&wanted, &mut pieces)? {
            return Ok(None);
        }
        let told = asked.evidences.told(&asked.whole, &[number]);
        let index = assemble(&self.cut.root, &fragments(&pieces, &wanted)?, told, &asked.forms)?;
        Ok(Some(explanation(&Evaluation::new(&index, knobs, text, true), PageId(0))))
    }
}
