//! The brief as one HTML file that needs nothing else: it reads well on a screen and on paper.

use super::screen::WIDTH;
use super::{Brief, Line, Topic};

const STYLE: &str = "\
:root{--ink:#1b1f24;--soft:#667080;--rule:#d9dde3;--mark:#1f5f8b;--paper:#fff}\
@media(prefers-color-scheme:dark){:root{--ink:#e4e7eb;--soft:#98a2b0;--rule:#353b44;--mark:#7fb8de;--paper:#16191d}}\
*{box-sizing:border-box}\
body{margin:0 auto;max-width:46rem;padding:2.5rem 1.25rem 4rem;background:var(--paper);color:var(--ink);\
font:1.02rem/1.55 Charter,'Bitstream Charter',Cambria,Georgia,serif}\
h1{margin:0;font-size:1.7rem;letter-spacing:-.01em}\
.scope{margin:.2rem 0 0;color:var(--soft)}\
h2{margin:2.2rem 0 .6rem;padding-bottom:.3rem;border-bottom:1px solid var(--rule);font:600 .82rem/1.3 system-ui,sans-serif;\
letter-spacing:.08em;text-transform:uppercase;color:var(--mark)}\
ul,ol{margin:0;padding:0;list-style:none}\
li{margin:0 0 .55rem;padding-left:1.1rem;text-indent:-1.1rem}\
li>*{text-indent:0}\
li::before{content:'•';display:inline-block;width:1.1rem;text-indent:0;color:var(--mark)}\
.sources li,.notes li{font-size:.92rem}\
.sources li::before{content:none}\
.sources b{display:inline-block;min-width:2.2rem;text-indent:0;color:var(--mark);font-weight:600}\
.sources li{padding-left:2.2rem;text-indent:-2.2rem}\
.ref{font:.74rem/1 system-ui,sans-serif;color:var(--soft);text-decoration:none;white-space:nowrap}\
a.ref:hover{color:var(--mark);text-decoration:underline}\
.tag{font:.72rem/1 system-ui,sans-serif;color:var(--soft);border:1px solid var(--rule);border-radius:.6rem;padding:.05rem .4rem;\
white-space:nowrap}\
summary{cursor:pointer;color:var(--soft);font:.85rem/1.6 system-ui,sans-serif}\
:target{background:color-mix(in srgb,var(--mark) 14%,transparent)}\
footer{margin-top:3rem;padding-top:.6rem;border-top:1px solid var(--rule);color:var(--soft);font:.8rem/1.5 system-ui,sans-serif}\
@media print{body{max-width:none;padding:0;font-size:10pt}h2{margin-top:1.2rem;break-after:avoid}li{break-inside:avoid}\
details{display:none}}";

impl Brief {
    /// The brief as HTML; what goes beyond `lines` (as in [`super::TextStyle`]) can be unfolded.
    pub fn html(&self, lines: Option<usize>) -> String {
        let scope = escape(&self.scope());
        let mut out = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n\
             <title>Brief · {scope}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
             <header><h1>Brief</h1><p class=\"scope\">{scope}</p></header>\n<main>\n"
        );
        for (section, shown) in self.sections.iter().zip(self.shown(lines, WIDTH)).filter(|(s, _)| !s.lines.is_empty()) {
            let hidden = (0..section.lines.len()).filter(|n| !shown.contains(n));
            let rest: Vec<&Line> = hidden.map(|n| &section.lines[n]).collect();
            let first: Vec<&Line> = shown.iter().map(|&n| &section.lines[n]).collect();
            out.push_str(&format!("<section class=\"{}\">\n<h2>{}</h2>\n", section.topic.as_str(), section.topic.heading()));
            self.list(&mut out, section.topic, &first);
            if !rest.is_empty() {
                out.push_str(&format!("<details><summary>… and {} more</summary>\n", rest.len()));
                self.list(&mut out, section.topic, &rest);
                out.push_str("</details>\n");
            }
            out.push_str("</section>\n");
        }
        out.push_str(
            "</main>\n<footer>References are [page:first–last character] into the page’s article. What a party says is given as \
             its claim. Made by detente.</footer>\n</body>\n</html>\n",
        );
        out
    }

    fn list(&self, out: &mut String, topic: Topic, lines: &[&Line]) {
        out.push_str("<ul>\n");
        for line in lines {
            let text = escape(&line.text);
            if topic == Topic::Sources {
                let number = line.refs.first().map_or(0, |r| r.page + 1);
                out.push_str(&format!("<li id=\"page-{number}\"><b>{number}</b>{text}</li>\n"));
                continue;
            }
            let tag = if line.as_translated { " <span class=\"tag\">as translated</span>" } else { "" };
            out.push_str(&format!("<li>{text}{tag}"));
            for r in &line.refs {
                let name = self.pages.get(r.page).map_or("", |p| p.name.as_str());
                let place = self.place(r);
                out.push_str(&format!(" <a class=\"ref\" href=\"#page-{}\" title=\"{}\">{place}</a>", r.page + 1, escape(name)));
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ul>\n");
    }
}

/// Text that stands for itself in HTML.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn markup_of_pages_stays_text() {
        assert_eq!(super::escape("<b>\"&"), "&lt;b&gt;&quot;&amp;");
    }
}
