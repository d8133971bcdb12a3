//! Turns documents into a Jisou index. Native only: the one crate that knows jieba, HTML, Markdown and the layout of
//! newspaper pages.

pub mod assemble;
mod chars;
pub mod date;
pub mod document;
pub mod encoding;
mod facets;
pub mod fold;
pub mod html;
pub mod markdown;
pub mod newspaper;
pub mod parts;
pub mod prose;
pub mod records;
pub mod segment;
pub mod site;
mod sounds;
mod spans;
mod stems;
