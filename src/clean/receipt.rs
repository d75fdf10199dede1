//! Writes the receipt: every line of the file that is not in the body.

use super::lines::{Fate, Line};
use super::role::LabelledBlock;
use crate::article::{BlockKind, Removed, RemovedKind};

/// Returns what was taken out, in the order of the file: whole lines, the lines of blocks outside
/// the body, and `parts` of lines.
pub fn write(lines: &[Line<'_>], blocks: &[LabelledBlock], parts: Vec<Removed>) -> Vec<Removed> {
    let mut receipt = parts;
    for line in lines {
        if let Fate::Out(kind) = line.fate {
            receipt.push(removed(line, kind));
        }
    }
    for block in blocks {
        if let Some(kind) = reason(block.role.kind()) {
            receipt.extend(block.lines.iter().map(|&line| removed(&lines[line], kind)));
        }
    }
    receipt.sort_by_key(|removed| removed.line);
    receipt
}

fn removed(line: &Line<'_>, kind: RemovedKind) -> Removed {
    Removed {
        line: line.number,
        kind,
        text: line.text.to_string(),
    }
}

/// Returns the reason why a block of this kind is not in the body, or `None` if it is.
fn reason(kind: BlockKind) -> Option<RemovedKind> {
    match kind {
        BlockKind::Paragraph
        | BlockKind::Standfirst
        | BlockKind::Subhead
        | BlockKind::ListItem
        | BlockKind::Quotation => None,
        BlockKind::Caption => Some(RemovedKind::Caption),
        BlockKind::Related => Some(RemovedKind::Related),
        BlockKind::Boilerplate => Some(RemovedKind::Boilerplate),
        BlockKind::Header => Some(RemovedKind::Header),
        BlockKind::Footer => Some(RemovedKind::Footer),
    }
}
