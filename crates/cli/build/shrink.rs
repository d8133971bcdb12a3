//! Leaves the texts of panics out of the engine, as `tools/shrink.mjs` does for the module with an index: what the standard
//! library has to start a panic, and its formatting, get a trap as their body, and what only they used is removed.

use regex::Regex;
use std::error::Error;
use walrus::ir::{Instr, Return, Visitor, dfs_in_order};
use walrus::{FunctionBuilder, FunctionKind, LocalFunction, Module};

/// Formatting: after that only dead table entries name it, and error texts that nobody formats either.
const FORMATTING: &str =
    r"(^|as |<)(core|alloc|std)(\[\w+\])?::fmt::|::fmt::(Display|Debug|Write)>::|FormatStringPayload";
/// Names, by the module they stand in, of the standard library's functions that only panic.
const PANICS: &str = r"::(panicking|slice::index|raw_vec|alloc|option|result|cell|str|vec|local)::.*(panic|fail|overflow|handle_error|handle_alloc_error)";

/// Shrinks an engine that has its names still; afterwards they are gone.
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
    for function in module.funcs.iter_mut() {
        function.name = None;
    }
    walrus::passes::gc::run(module);
    Ok(())
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
