//! Turns documents into a Jisou index. Native only: the one crate that knows jieba, Markdown and the layout of
//! newspaper pages.

pub mod assemble;
mod chars;
pub mod corpus;
pub mod document;
pub mod fold;
pub mod markdown;
pub mod newspaper;
pub mod prose;
pub mod records;
pub mod segment;
mod sounds;
mod spans;
mod stems;
