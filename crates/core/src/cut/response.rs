//! Answers from pieces as trees of plain values, as those of a whole index are ([`crate::response`]).

use super::plan::Answered;
use crate::response::{Value, number, response};

impl Answered {
    /// The answer, with the pages by their numbers in the site; `least` says whether there may be more pages than `total`, and
    /// `doubtful`, if it is there, that another query may be meant, which this engine does not look for.
    pub fn response<'a>(&'a self, query: &'a str) -> Value<'a> {
        let mut value = response(&self.index, query, &self.answer);
        if let Value::Object(fields) = &mut value {
            for (_, hits) in fields.iter_mut().filter(|(name, _)| *name == "hits") {
                self.renumber(hits);
                #[cfg(feature = "meant")]
                for further in &self.further {
                    further.append_to(hits, query);
                }
            }
            fields.push(("least", Value::Bool(!self.all)));
            if self.doubtful.is_some() {
                fields.push(("doubtful", Value::Bool(true)));
            }
        }
        value
    }

    /// Appends its hits to those of another answer.
    #[cfg(feature = "meant")]
    fn append_to<'a>(&'a self, hits: &mut Value<'a>, query: &'a str) {
        let (Value::List(hits), Value::Object(fields)) = (hits, self.response(query)) else { return };
        for (name, value) in fields {
            if let ("hits", Value::List(further)) = (name, value) {
                hits.extend(further);
            }
        }
    }

    /// Puts the numbers in the site where those in the small index stand: in `id` and `duplicates` of each hit.
    fn renumber(&self, hits: &mut Value<'_>) {
        let Value::List(hits) = hits else { return };
        for hit in hits {
            let Value::Object(fields) = hit else { continue };
            for (name, value) in fields {
                match (*name, value) {
                    ("id", id) => self.put(id),
                    ("duplicates", Value::List(pages)) => pages.iter_mut().for_each(|page| self.put(page)),
                    _ => {}
                }
            }
        }
    }

    fn put(&self, id: &mut Value<'_>) {
        if let Value::Number(page) = id
            && let Some(&in_site) = self.numbers.get(*page as usize)
        {
            *id = number(in_site as usize);
        }
    }
}
