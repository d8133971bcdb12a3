//! What the build of this program made for bundles: see `build/main.rs`.

/// What a bundle has besides its index.
pub(crate) struct Kit {
    /// The engine, without an index.
    pub(crate) engine: &'static [u8],
    /// The engine of [`MEANT`].
    pub(crate) meant: Option<&'static [u8]>,
    /// The scripts that pages load by name. In that of the API stands [`PLACE`].
    pub(crate) scripts: &'static [(&'static str, &'static str)],
}

/// For a whole index.
pub(crate) const WHOLE: Kit = Kit {
    engine: include_bytes!(concat!(env!("OUT_DIR"), "/engine/jisou_engine_bg.wasm")),
    meant: None,
    scripts: include!(concat!(env!("OUT_DIR"), "/scripts.rs")),
};

/// For an index in pieces.
pub(crate) const CUT: Kit = Kit {
    engine: include_bytes!(concat!(env!("OUT_DIR"), "/pieces/jisou_engine_bg.wasm")),
    meant: Some(include_bytes!(concat!(env!("OUT_DIR"), "/meant/jisou_engine_bg.wasm"))),
    scripts: include!(concat!(env!("OUT_DIR"), "/pieces.rs")),
};

/// The script that is loaded where a query over pieces finds little.
pub(crate) const MEANT: &str = "jisou-meant.js";

/// The script of the page that has everything inside.
pub(crate) const SINGLE: &str = include_str!(concat!(env!("OUT_DIR"), "/single.js"));

/// Stands in a script where the names of the files of its bundle belong.
pub(crate) const PLACE: &str = "__JISOU_PLACE__";

/// Types for TypeScript: of the API, its errors, the element, and what the engine answers.
pub(crate) const TYPES: &[(&str, &str)] = &[
    ("jisou.d.ts", include_str!("../types/jisou.d.ts")),
    ("errors.d.ts", include_str!("../types/errors.d.ts")),
    ("jisou-search.d.ts", include_str!("../../../www/types/jisou-search.d.ts")),
    ("jisou_engine.d.ts", include_str!(concat!(env!("OUT_DIR"), "/engine/jisou_engine.d.ts"))),
];
