//! Leaves the texts of panics out of the engine, as `tools/shrink.mjs` does for the module with an index: what the standard
//! library has to start a panic, and its formatting, get a trap as their body, and what only they used is removed.

use regex::Regex;
use std::error::Error;
use walrus::ir::{Instr, Return, Value, Visitor, dfs_in_order};
use walrus::{ConstExpr, DataKind, FunctionBuilder, FunctionKind, LocalFunction, Module};

/// Formatting: after that only dead table entries name it, and error texts that nobody formats either.
const FORMATTING: &str =
    r"(^|as |<)(core|alloc|std)(\[\w+\])?::fmt::|::fmt::(Display|Debug|Write)>::|FormatStringPayload";
/// Names, by the module they stand in, of the standard library's functions that only panic.
const PANICS: &str = r"::(panicking|slice::index|raw_vec|alloc|option|result|cell|str|vec|local)::.*(panic|fail|overflow|handle_error|handle_alloc_error)";

/// Shrinks an engine that has its names still.
pub(crate) fn shrink(module: &mut Module) -> Result<(), Box<dyn Error>> {
    let (formatting, panics) = (Regex::new(FORMATTING)?, Regex::new(PANICS)?);
    let mut traps = Vec::new();
    for function in module.funcs.iter() {
        if let (FunctionKind::Local(local), Some(name)) = (&function.kind, &function.name) {
            let results = !module.types.get(local.ty()).results().is_empty();
            let endless = panics.is_match(name) && !results && never_returns(local);
            if endless || formatting.is_match(name) {
                traps.push(function.id());
            }
        }
    }
    if traps.is_empty() {
        return Err("no function of the standard library panics in the engine: are the names stripped?".into());
    }
    for id in traps {
        let kind = &module.funcs.get(id).kind;
        let FunctionKind::Local(local) = kind else { continue };
        let (ty, arguments) = (module.types.get(local.ty()).clone(), local.args.clone());
        let mut builder = FunctionBuilder::new(&mut module.types, ty.params(), ty.results());
        builder.func_body().unreachable();
        module.funcs.get_mut(id).kind = FunctionKind::Local(builder.local_func(arguments));
    }
    walrus::passes::gc::run(module);
    let place = Regex::new(PLACE)?;
    let mut cleared = 0;
    let ids: Vec<_> = module.data.iter().map(|data| data.id()).collect();
    for id in ids {
        let data = module.data.get_mut(id);
        if let DataKind::Active { offset: ConstExpr::Value(Value::I32(address)), .. } = data.kind {
            cleared += clear_places(&mut data.value, address as usize, &place);
            clear_texts(&mut data.value);
        }
    }
    if cleared == 0 {
        return Err("no place of a panic found in the engine: has their layout changed?".into());
    }
    Ok(())
}

/// What panics of the standard library say, whole or in parts.
const SAID: &str = include_str!("panics.txt");

/// The name of a source file.
const PLACE: &str = r"^[\w/.-]{1,199}\.rs$";

/// Clears the places that panics name, `core::panic::Location`, and the names in them; only the formatting that is gone would read them.
/// Each is four numbers: the address and the length of a file's name, line, column. How many there were.
fn clear_places(data: &mut [u8], address: usize, name: &Regex) -> usize {
    let word = |at: usize| u32::from_le_bytes([data[at], data[at + 1], data[at + 2], data[at + 3]]) as usize;
    let mut found = Vec::new();
    for at in (address.wrapping_neg() & 3..data.len().saturating_sub(15)).step_by(4) {
        let [start, length, line, column] = [word(at).wrapping_sub(address), word(at + 4), word(at + 8), word(at + 12)];
        let text = data.get(start..start.saturating_add(length)).and_then(|name| std::str::from_utf8(name).ok());
        if text.is_some_and(|text| name.is_match(text)) && (1..100_000).contains(&line) && (1..1000).contains(&column) {
            found.push((at, 16));
            found.push((start, length));
        }
    }
    for &(start, length) in &found {
        data[start..start + length].fill(0);
    }
    found.len() / 2
}

/// Does a function end in a trap, and return nowhere before?
fn never_returns(function: &LocalFunction) -> bool {
    struct Returns(bool);
    impl<'i> Visitor<'i> for Returns {
        fn visit_return(&mut self, _: &Return) {
            self.0 = true;
        }
    }
    let entry = function.entry_block();
    let mut returns = Returns(false);
    dfs_in_order(&mut returns, function, entry);
    matches!(function.block(entry).instrs.last(), Some((Instr::Unreachable(_), _))) && !returns.0
}

/// Clears what only panics say.
fn clear_texts(data: &mut [u8]) {
    for text in SAID.lines().map(str::as_bytes) {
        let places: Vec<usize> = (0..data.len()).filter(|&at| data[at..].starts_with(text)).collect();
        for at in places {
            data[at..at + text.len()].fill(0);
        }
    }
}
