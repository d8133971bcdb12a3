//! Makes scripts small: comments and blanks out, short names inside functions; and the style sheets in them.

use oxc_allocator::Allocator;
use oxc_codegen::{Codegen, CodegenOptions};
use oxc_minifier::{Minifier, MinifierOptions};
use oxc_parser::Parser;
use oxc_span::SourceType;

/// The same script, smaller. The same text gives the same text.
pub(crate) fn minify(script: &str, source_type: SourceType) -> Result<String, String> {
    let allocator = Allocator::default();
    let parsed = Parser::new(&allocator, script, source_type).parse();
    if let Some(error) = parsed.diagnostics.first() {
        return Err(format!("a script that was put together is not valid: {error}"));
    }
    let mut program = parsed.program;
    let minified = Minifier::new(MinifierOptions::default()).minify(&allocator, &mut program);
    let options = CodegenOptions::minify();
    Ok(Codegen::new().with_options(options).with_scoping(minified.scoping).build(&program).code)
}

/// A module that exports a style sheet as a template string, with the sheet made small.
pub(crate) fn style_sheet(module: &str) -> Result<String, String> {
    let sheet = module.split_once('`').and_then(|(before, rest)| Some((before, rest.rsplit_once('`')?)));
    let (before, (sheet, behind)) = sheet.ok_or("a module of styles has no style sheet")?;
    Ok(format!("{before}`{}`{behind}", minifier::css::minify(sheet)?))
}
