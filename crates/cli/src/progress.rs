//! How far it is: a bar on a terminal, plain lines elsewhere, nothing with `--quiet`.

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::io::IsTerminal;

/// Says on the standard error stream what is being done.
pub(crate) struct Progress {
    quiet: bool,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Says nothing yet.
    pub(crate) fn new(quiet: bool) -> Progress {
        let bar = (!quiet && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::stderr_with_hz(10));
            let style = ProgressStyle::with_template("{msg:12} {bar:32} {human_pos}/{human_len} {eta}");
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        Progress { quiet, bar }
    }

    /// A step begins, of so many parts; 0 if nobody knows.
    pub(crate) fn step(&self, name: &'static str, parts: usize) {
        match &self.bar {
            Some(bar) => {
                bar.reset();
                bar.set_length(parts as u64);
                bar.set_message(name);
            }
            None if !self.quiet && parts > 0 => eprintln!("{name} {parts}"),
            None if !self.quiet => eprintln!("{name}"),
            None => {}
        }
    }

    /// How many parts there are turned out.
    pub(crate) fn parts(&self, parts: usize) {
        if let Some(bar) = &self.bar {
            bar.set_length(parts as u64);
        }
    }

    /// So many more parts are done.
    pub(crate) fn advance(&self, parts: usize) {
        if let Some(bar) = &self.bar {
            bar.inc(parts as u64);
        }
    }

    /// Everything is done: the bar goes.
    pub(crate) fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
