//! The engine: the root package, compiled for the browser without an index, and the glue that wasm-bindgen makes.

use crate::shrink::shrink;
use std::error::Error;
use std::path::Path;
use std::process::Command;
use std::{env, fs};
use wasm_bindgen_cli_support::Bindgen;

const TARGET: &str = "wasm32-unknown-unknown";
const PROFILE: &str = "wasm";
/// The files of an engine.
const FILES: [&str; 3] = ["jisou_engine_bg.wasm", "jisou_engine.js", "jisou_engine.d.ts"];

/// Takes an engine that was built elsewhere.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), Box<dyn Error>> {
    for name in FILES {
        println!("cargo::rerun-if-changed={}", from.join(name).display());
        fs::copy(from.join(name), to.join(name))
            .map_err(|error| format!("JISOU_ENGINE: {}: {error}", from.join(name).display()))?;
    }
    Ok(())
}

/// Compiles the engine with cargo and the target that rustup installs, and nothing else. `feature`: one that it has besides.
pub(crate) fn build(root: &Path, out: &Path, to: &Path, feature: Option<&str>) -> Result<(), Box<dyn Error>> {
    // The folder that cargo builds in: OUT_DIR is PROFILE/build/PACKAGE-HASH/out below it. Another profile and another target
    // than those of the outer build have folders, and locks, of their own.
    let target = out.ancestors().nth(4).ok_or("OUT_DIR lies in cargo's target folder")?;
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(root).args([
        "build",
        "--quiet",
        "--locked",
        "--package",
        "jisou",
        "--lib",
        "--no-default-features",
    ]);
    cargo.args(feature.map(|feature| format!("--features={feature}")));
    cargo.args(["--profile", PROFILE, "--target", TARGET, "--target-dir"]).arg(target);
    // What the outer build was told is not meant for this one.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let outer = ["CARGO_PROFILE_", "CARGO_BUILD_", "CARGO_FEATURE_", "CARGO_CFG_", "CARGO_TARGET_"];
        if outer.iter().any(|start| text.starts_with(start)) {
            cargo.env_remove(&name);
        }
    }
    for name in ["RUSTFLAGS", "RUSTC_WORKSPACE_WRAPPER", "RUSTC_WRAPPER", "CLIPPY_ARGS", "__CARGO_DEFAULT_LIB_METADATA"]
    {
        cargo.env_remove(name);
    }
    cargo.env("CARGO_ENCODED_RUSTFLAGS", remapped()?);
    let built = cargo.output().map_err(|error| format!("cargo cannot be started: {error}"))?;
    if !built.status.success() {
        let text = String::from_utf8_lossy(&built.stderr).into_owned();
        let missing = text.contains("can't find crate for `core`") || text.contains("target may not be installed");
        return Err(if missing {
            format!("the engine needs the target {TARGET}: run `rustup target add {TARGET}`, or set JISOU_ENGINE")
                .into()
        } else {
            format!("the engine cannot be built: {text}").into()
        });
    }
    let compiled = target.join(TARGET).join(PROFILE).join("jisou.wasm");
    let mut bindgen = Bindgen::new();
    bindgen.input_path(compiled).web(true)?.out_name("jisou_engine").typescript(true).remove_producers_section(true);
    let mut output = bindgen.generate_output()?;
    shrink(output.wasm_mut())?;
    output.emit(to)?;
    optimize(root, &to.join(FILES[0]))
}

/// Runs wasm-opt where there is one, that of the project or of the system: a tenth is gained. Without it the engine does the same.
fn optimize(root: &Path, module: &Path) -> Result<(), Box<dyn Error>> {
    const FEATURES: [&str; 6] =
        ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];
    // What tools/module.sh does, for the same reasons; an older wasm-opt does not know how.
    const PASSES: [&str; 10] = [
        "-g",
        "--skip-pass=memory-packing",
        "--skip-pass=merge-similar-functions",
        "--skip-pass=local-cse",
        "--skip-pass=simplify-locals",
        "--skip-pass=merge-locals",
        "--one-caller-inline-max-function-size=20",
        "-Oz",
        "-Oz",
        "--reorder-functions-by-name",
    ];
    let project = root.join("node_modules/.bin/wasm-opt");
    for (program, passes) in [(project.as_path(), &PASSES[..]), (Path::new("wasm-opt"), &["-Oz"])] {
        let optimized = module.with_extension("opt");
        let run = |passes: &[&str]| {
            let mut command = Command::new(program);
            command.arg(module).arg("-o").arg(&optimized).args(passes);
            command.args(FEATURES.map(|feature| format!("--enable-{feature}")));
            command.output().is_ok_and(|output| output.status.success()) && fs::rename(&optimized, module).is_ok()
        };
        // Functions are put in order by the names that are left out then.
        if run(passes) {
            run(&["--strip-debug", "--strip-producers", "--strip-target-features"]);
            return Ok(());
        }
    }
    Ok(walrus::ModuleConfig::new().generate_name_section(false).parse_file(module)?.emit_wasm_file(module)?)
}

/// Flags that leave the folders of this machine out of the module; the same as in `tools/module.sh`, so that both builds share
/// what they compile.
fn remapped() -> Result<String, Box<dyn Error>> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let ask = |argument: &[&str]| -> Result<String, Box<dyn Error>> {
        Ok(String::from_utf8(Command::new(&rustc).args(argument).output()?.stdout)?)
    };
    let home = env::var_os("CARGO_HOME").map(Into::into).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let sources = home.ok_or("there is no CARGO_HOME and no home folder")?.join("registry/src");
    let mut folders: Vec<_> = fs::read_dir(sources)?.filter_map(|entry| Some(entry.ok()?.path())).collect();
    folders.sort();
    let mut flags: Vec<String> =
        folders.iter().map(|folder| format!("--remap-path-prefix={}=deps", folder.display())).collect();
    let version = ask(&["-vV"])?;
    let hash = version.lines().find_map(|line| line.strip_prefix("commit-hash: ")).unwrap_or_default();
    let sysroot = ask(&["--print", "sysroot"])?;
    flags.push(format!("--remap-path-prefix={}/lib/rustlib/src/rust=/rustc/{hash}", sysroot.trim_end()));
    Ok(flags.join("\u{1f}"))
}
