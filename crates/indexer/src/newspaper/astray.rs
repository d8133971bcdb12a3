//! Pieces that stand apart from their article: a cut sentence here, its other half at the head of a column elsewhere.

use crate::chars::is_finished;

use super::articles::{Article, Part, Role};
use super::join;
use super::lines::Unit;
use super::seam::{self, OpenMarks, Seam};

/// A page has few loose ends. Where there are more, the text is not what this reader takes it for, and nothing is moved.
const MOST_LOOSE_ENDS: usize = 64;

/// A paragraph that is cut and goes on nowhere: article, and place in its parts.
type LooseEnd = (usize, usize);

/// Moves every article that has no title and starts in the middle of a sentence behind the one cut paragraph that it continues.
///
/// Only where the evidence is clear and points to a single place.
pub(crate) fn bring_home(units: &[Unit<'_>], articles: &mut Vec<Article>, words: &dyn Fn(&str) -> bool) {
    let heads: Vec<usize> = (0..articles.len())
        .filter(|&at| {
            articles[at].title.is_none() && articles[at].parts.first().is_some_and(|part| part.role == Role::Text)
        })
        .collect();
    let ends = loose_ends(units, articles);
    if heads.len() > MOST_LOOSE_ENDS || ends.len() > MOST_LOOSE_ENDS {
        return;
    }
    let mut pairs: Vec<(LooseEnd, usize)> = Vec::new();
    for &end in &ends {
        for &head in &heads {
            if end.0 != head && fits(units, articles, end, head, words) {
                pairs.push((end, head));
            }
        }
    }
    let single = |&&(end, head): &&(LooseEnd, usize)| {
        pairs.iter().filter(|pair| pair.0 == end).count() == 1
            && pairs.iter().filter(|pair| pair.1 == head).count() == 1
    };
    let mut moves: Vec<(LooseEnd, usize)> = pairs.iter().filter(single).copied().collect();
    // From the back, so that the places of earlier moves stay true; an article that moves takes nothing in.
    moves.sort_unstable_by(|a, b| b.cmp(a));
    let moving: Vec<usize> = moves.iter().map(|&(_, head)| head).collect();
    moves.retain(|&((article, _), _)| !moving.contains(&article));
    for &((article, place), head) in &moves {
        let mut parts = std::mem::take(&mut articles[head].parts);
        parts[0].continues = true;
        articles[article].parts.splice(place + 1..place + 1, parts);
    }
    articles.retain(|article| article.title.is_some() || !article.parts.is_empty());
}

/// The cut paragraphs that nothing continues.
fn loose_ends(units: &[Unit<'_>], articles: &[Article]) -> Vec<LooseEnd> {
    let mut ends = Vec::new();
    for (number, article) in articles.iter().enumerate() {
        for (place, part) in article.parts.iter().enumerate() {
            let next_continues = article.parts.get(place + 1).is_some_and(|next| next.continues);
            if part.role == Role::Text && !next_continues && is_cut(units, &article.parts, place) {
                ends.push((number, place));
            }
        }
    }
    ends
}

/// Is the paragraph that ends at `place` running text without an end?
fn is_cut(units: &[Unit<'_>], parts: &[Part], place: usize) -> bool {
    let text = units[parts[place].unit].text;
    units[parts[place].unit].form.is_text()
        && !is_finished(text)
        && (parts[place].continues || join::is_running(&units[parts[place].unit], &open_marks(units, parts, place)))
}

/// The marks that are open at the end of the paragraph that ends at `place`.
fn open_marks(units: &[Unit<'_>], parts: &[Part], place: usize) -> OpenMarks {
    let start = (0..=place).rev().find(|&at| !parts[at].continues).unwrap_or(0);
    let mut open = OpenMarks::default();
    for part in &parts[start..=place] {
        open.read(units[part.unit].text);
    }
    open
}

/// Does the article `head` continue the paragraph that ends at `end`?
fn fits(units: &[Unit<'_>], articles: &[Article], end: LooseEnd, head: usize, words: &dyn Fn(&str) -> bool) -> bool {
    let parts = &articles[end.0].parts;
    let first = units[parts[end.1].unit].text;
    let second = units[articles[head].parts[0].unit].text;
    let open = open_marks(units, parts, end.1);
    seam::seam(first, &open, second, words) == Seam::Sewn
}
