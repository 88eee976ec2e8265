//! The trail of republication: who says on the page that the report is another's.

use crate::Credit;
use crate::block::Block;

/// Reads credits off the lines that were cut: "The post … appeared first on …", "Source link", "originally published by …".
pub(crate) fn find(blocks: &[Block]) -> Vec<Credit> {
    let mut trail: Vec<Credit> = Vec::new();
    let mut add = |name: String, url: Option<String>, role: &'static str| {
        if !name.is_empty() && !trail.iter().any(|c| c.name.eq_ignore_ascii_case(&name)) {
            trail.push(Credit { name, url, role });
        }
    };
    for block in blocks {
        match block.cut {
            Some("republication line") => {
                for (cue, role) in [
                    (" appeared first on ", "republisher"),
                    (" first appeared on ", "republisher"),
                    (" first appeared in ", "source"),
                    (" originally appeared on ", "source"),
                    (" originally appeared in ", "source"),
                    (" originally published on ", "source"),
                    (" originally published by ", "source"),
                    (" originally published in ", "source"),
                    (" originally published at ", "source"),
                    (" republished from ", "source"),
                ] {
                    if let Some(at) = block.text.rfind(cue) {
                        add(name(&block.text[at + cue.len()..]), block.href.clone(), role);
                        break;
                    }
                }
            }
            Some("link to the source") => {
                if let Some(url) = &block.href {
                    add(host(url).unwrap_or(url).to_string(), Some(url.clone()), "source");
                } else if let Some((_, name)) =
                    block.text.split_once(':').filter(|(head, _)| head.split_whitespace().count() <= 2)
                {
                    add(name.trim().to_string(), None, "source");
                }
            }
            _ => {}
        }
    }
    trail
}

/// The name at the head of `text`, up to the end of its sentence.
fn name(text: &str) -> String {
    let end = text.find(". ").unwrap_or(text.len());
    let text = &text[..end];
    let end = [" and is ", " on ", " under ", " with ", ", "].iter().filter_map(|m| text.find(m)).min().unwrap_or(text.len());
    let name = text[..end].trim().trim_end_matches('.').trim();
    if name.split_whitespace().count() <= 6 { name.to_string() } else { String::new() }
}

/// The host of an address, without `www.`.
pub(crate) fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.contains('.')).then_some(host)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::block::Role;

    fn trail(text: &str, why: &'static str) -> Vec<(String, &'static str)> {
        let mut block = Block::new(Role::Paragraph);
        block.push(text, 0..text.len());
        block.cut = Some(why);
        find(&[block]).into_iter().map(|c| (c.name, c.role)).collect()
    }

    #[test]
    fn names_end_where_the_sentence_does() {
        let why = "republication line";
        assert_eq!(trail("Source: Example Wire", "link to the source"), [("Example Wire".into(), "source")]);
        assert_eq!(trail("The post Talks fail appeared first on Example News.", why), [("Example News".into(), "republisher")]);
        assert_eq!(
            trail("This article was originally published by Example Wire on Monday.", why),
            [("Example Wire".into(), "source")]
        );
    }
}
