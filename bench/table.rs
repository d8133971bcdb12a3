//! Markdown: figures against the limits of the project, and bytes as text.

/// A figure, or several that are told together (p50 and p99), with what it must and should be at most.
#[derive(Debug, Clone)]
pub struct Row {
    /// What was measured.
    pub figure: &'static str,
    /// What came out, in `unit`; nothing if it could not be measured.
    pub values: Vec<f64>,
    /// The most allowed; nothing if there is no limit.
    pub must: Vec<f64>,
    /// The most aimed at; nothing if there is no aim.
    pub aim: Vec<f64>,
    /// `kB`, `ms` or empty.
    pub unit: &'static str,
    /// Decimals of what came out.
    pub decimals: usize,
}

/// Prints rows with limits as one table.
pub fn print(heading: &str, rows: &[Row]) {
    println!("\n| {heading} | measured | must | met | aim | met |\n|---|--:|--:|---|--:|---|");
    for row in rows {
        let limit = |limit: &[f64]| {
            if limit.is_empty() { String::new() } else { format!("<= {}", joined(limit, row.unit, None)) }
        };
        let met = |limit: &[f64]| match (limit.is_empty(), row.values.is_empty()) {
            (true, _) => "",
            (false, true) => "?",
            _ if row.values.iter().zip(limit).all(|(value, limit)| value <= limit) => "yes",
            _ => "no",
        };
        println!(
            "| {} | {} | {} | {} | {} | {} |",
            row.figure,
            if row.values.is_empty() { "not built".into() } else { joined(&row.values, row.unit, Some(row.decimals)) },
            limit(&row.must),
            met(&row.must),
            limit(&row.aim),
            met(&row.aim),
        );
    }
}

fn joined(values: &[f64], unit: &str, decimals: Option<usize>) -> String {
    let shown = values.iter().map(|value| match decimals {
        Some(decimals) => format!("{value:.decimals$}"),
        None => value.to_string(),
    });
    format!("{} {unit}", shown.collect::<Vec<_>>().join(" / ")).trim_end().to_owned()
}

/// Bytes in kB of 1,000.
pub fn kb(bytes: usize) -> f64 {
    bytes as f64 / 1e3
}

/// The value below which, or at which, lie `part` of all values; 0 if there are none. Sorts them.
pub fn quantile(values: &mut [f64], part: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    let rank = (values.len() as f64 * part).ceil() as usize;
    values.get(rank.max(1) - 1).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_nearest_ranks() {
        let mut values: Vec<f64> = (1..=200).rev().map(f64::from).collect();
        assert_eq!([0.0, 0.5, 0.99, 1.0].map(|part| quantile(&mut values, part)), [1.0, 100.0, 198.0, 200.0]);
        assert_eq!(quantile(&mut [], 0.5), 0.0);
    }
}
