//! Turns documents into a Jisou index. Native only: the one crate that knows jieba, Markdown and the layout of
//! newspaper pages.

pub mod assemble;
pub mod document;
pub mod fold;
pub mod records;
pub mod segment;
