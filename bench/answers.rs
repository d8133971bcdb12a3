//! What the engine answers natively to every query of the sets of a corpus, for `compare.mjs`.
//!
//! usage: answers CORPORA NAME INDEX
//!
//! Writes the index of the corpus to the file INDEX, and for each query a line of JSON with the whole response to it and
//! its completions, as the module gives them.

use jisou_bench::corpora::Corpora;
use jisou_core::Index;
use jisou_core::answer::Options;
use jisou_core::complete::complete;
use jisou_core::rank::Knobs;
use jisou_core::response::{Value, list, response};
use jisou_indexer::assemble::write_index;
use jisou_indexer::segment::Jieba;
use serde::{Serialize, Serializer};
use std::error::Error;
use std::io::{BufWriter, Write};

const SETS: [&str; 7] = ["substr", "trad", "known", "sentence", "mixed", "pinyin", "typo"];

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, name, file] = &args[..] else { return Err("usage: answers CORPORA NAME INDEX".into()) };
    let Some(corpora) = Corpora::find(folder) else {
        eprintln!("answers: no query sets at {folder}: no answers");
        return Ok(());
    };
    let bytes = write_index(&corpora.documents(name)?, &Jieba::default())?;
    std::fs::write(file, &bytes)?;
    let index = Index::open(bytes)?;
    let mut out = BufWriter::new(std::io::stdout().lock());
    for set in SETS {
        for line in corpora.questions(name, set)?.lines() {
            let fields: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line)?;
            let queries = fields.iter().filter(|(name, _)| name.starts_with("query"));
            for query in queries.filter_map(|(_, query)| query.as_str()) {
                let answer = index.search(query, Options::default(), &Knobs::default());
                let completions = complete(&index, query, 8);
                let completions = list(&completions, |(text, kind)| {
                    Value::Object(vec![("text", Value::Text(text)), ("kind", Value::Text(kind.name()))])
                });
                let both = Value::List(vec![response(&index, query, &answer), completions]);
                writeln!(out, "{}", serde_json::to_string(&Json(&both))?)?;
            }
        }
    }
    out.flush()?;
    Ok(())
}

/// A value as `JSON.stringify` writes it.
struct Json<'v, 'a>(&'v Value<'a>);

impl Serialize for Json<'_, '_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(value) => serializer.serialize_bool(*value),
            Value::Number(value) if value.fract() == 0.0 => serializer.serialize_i64(*value as i64),
            Value::Number(value) => serializer.serialize_f64(*value),
            Value::Text(text) => serializer.serialize_str(text),
            Value::Owned(text) => serializer.serialize_str(text),
            Value::List(items) => serializer.collect_seq(items.iter().map(Json)),
            Value::Object(fields) => serializer.collect_map(fields.iter().map(|(name, value)| (name, Json(value)))),
        }
    }
}
