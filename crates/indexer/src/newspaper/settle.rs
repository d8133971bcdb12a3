//! Forms that only the neighbours decide: is a question a headline, a name a byline, a list item a heading?

use crate::chars::is_han;

use super::forms::{self, Bare, Form};
use super::lines::Unit;
use super::ordinals::ordinal;

/// The forms of the places in `order` once their neighbours are known.
pub(crate) fn settled(
    units: &[Unit<'_>],
    order: &[usize],
    continues: &[bool],
    words: &dyn Fn(&str) -> bool,
) -> Vec<Form> {
    let mut forms: Vec<Form> = order.iter().map(|&unit| units[unit].form).collect();
    for at in 0..forms.len() {
        let next = forms.get(at + 1).copied();
        let before = at.checked_sub(1).map(|before| forms[before]);
        if continues[at] || continues.get(at + 1) == Some(&true) {
            forms[at] = Form::Body;
            continue;
        }
        forms[at] = match forms[at] {
            Form::Outcry => {
                let opens = before
                    .is_none_or(|form| matches!(form, Form::Byline | Form::Dateline | Form::JumpTo | Form::Furniture));
                let headed = matches!(next, Some(Form::Dashed | Form::JumpFrom | Form::Byline))
                    && forms.get(at + 2).is_some_and(|form| form.is_text());
                if opens || headed { Form::Display } else { Form::Body }
            }
            // A name between a headline and the text; anywhere else it could be anything.
            Form::Display
                if before.is_some_and(Form::is_display)
                    && next.is_some_and(Form::is_text)
                    && forms::is_credit(units[order[at]].text, Bare::Names, words) =>
            {
                Form::Byline
            }
            Form::Dashed if !before.is_some_and(Form::is_display) => Form::Body,
            // `一、加强领导` over a paragraph is a heading; over another short item it is an item.
            Form::Item if is_numbered_heading(units[order[at]].text) && next == Some(Form::Body) => Form::Numbered,
            form => form,
        };
    }
    forms
}

/// Is it `一、…` or `(一)…`, short and without any mark?
fn is_numbered_heading(text: &str) -> bool {
    ordinal(text).is_some_and(|(kind, _)| matches!(kind, '、' | '('))
        && text.chars().nth(30).is_none()
        && text.chars().next_back().is_some_and(is_han)
        && !text.contains('。')
        && !text.contains([',', '\u{ff0c}'])
}
