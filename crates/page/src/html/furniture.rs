//! Which elements of a page are furniture, told by their tag, role and the words of their class and id.

use super::tree::{Id, Tree};

/// Why an element is no part of an article; `None` where its name tells nothing.
pub(super) fn why(tree: &Tree<'_>, id: Id) -> Option<&'static str> {
    let tag = tree.tag(id)?;
    match tag {
        "nav" | "menu" => return Some("navigation"),
        "footer" => return Some("page footer"),
        "aside" => return Some("side matter"),
        "figcaption" => return Some("picture caption"),
        "form" | "fieldset" | "label" => return Some("form"),
        "dialog" => return Some("pop-up"),
        "html" | "body" | "main" => return None,
        _ => {}
    }
    if tree.attr(id, "hidden").is_some() {
        return Some("hidden");
    }
    if let Some(style) = tree.attr(id, "style") {
        let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        if style.contains("display:none") || style.contains("visibility:hidden") {
            return Some("hidden");
        }
    }
    if let Some(role) = tree.attr(id, "role") {
        match role {
            "navigation" | "menu" | "menubar" | "toolbar" | "tablist" => return Some("navigation"),
            "complementary" => return Some("side matter"),
            "contentinfo" => return Some("page footer"),
            "search" | "form" => return Some("form"),
            "dialog" | "alert" | "alertdialog" | "tooltip" => return Some("pop-up"),
            _ => {}
        }
    }
    [tree.attr(id, "class"), tree.attr(id, "id"), tree.attr(id, "data-component"), tree.attr(id, "data-module")]
        .into_iter()
        .flatten()
        .find_map(named)
}

/// What a class or id says, part by part: `story-share-bar` is a share bar.
fn named(names: &str) -> Option<&'static str> {
    if names.len() > 400 {
        return None;
    }
    let mut found = None;
    let mut part = String::new();
    let mut before = String::new();
    let mut lower = false;
    for c in names.chars().chain([' ']) {
        let boundary = !c.is_alphanumeric() || (lower && c.is_uppercase());
        if boundary && !part.is_empty() {
            if let Some(why) = word(&part, &before) {
                found = found.or(Some(why));
            }
            std::mem::swap(&mut before, &mut part);
            part.clear();
        }
        if c.is_whitespace() {
            before.clear();
        }
        lower = c.is_lowercase() || c.is_ascii_digit();
        if c.is_alphanumeric() {
            part.extend(c.to_lowercase());
        }
    }
    found
}

/// What one part of a name says.
fn word(part: &str, before: &str) -> Option<&'static str> {
    // `no-ads`, `has-sidebar`, `without-comments` speak of what is not there, or of what lies beside.
    if matches!(before, "no" | "has" | "with" | "without" | "hide" | "not" | "is" | "js" | "disable") {
        return None;
    }
    Some(match part {
        "share" | "sharing" | "sharebar" | "sharetools" | "shares" | "social" | "socials" | "socialmedia" | "sharedaddy"
        | "sd" | "addthis" | "addtoany" | "a2a" | "sharethis" | "follow" | "followus" | "shareaholic" | "socialshare"
        | "heateor" | "sassy" | "ssba" | "sharer" | "tweetbutton" => "share bar",
        "newsletter" | "newsletters" | "subscribe" | "subscription" | "signup" | "optin" | "mailchimp" | "mc4wp"
        | "mailmunch" | "paywall" | "regwall" | "promobox" | "donate" | "donation" | "membership" | "piano" => "newsletter box",
        "related" | "relateds" | "recommended" | "recommendation" | "recommendations" | "recirc" | "recirculation"
        | "trending" | "mostread" | "mostpopular" | "popular" | "teaser" | "teasers" | "promo" | "promos" | "outbrain" | "ob"
        | "taboola" | "zergnet" | "revcontent" | "jp" | "yarpp" | "readmore" | "crosslink" | "morestories" | "readnext"
        | "upnext" | "morefrom" | "alsoread" | "rightrail" | "rail" | "relatedposts" | "relatedarticles" | "relatedstories"
        | "inlinerelated" | "seealso" | "nextprev" | "prevnext" | "siblings" => "more like this",
        "comment" | "comments" | "commentlist" | "disqus" | "respond" | "reply" | "replies" | "livefyre" | "coral"
        | "viafoura" | "spotim" | "discussion" | "talkback" => "comments",
        "ad" | "ads" | "adv" | "advert" | "adverts" | "advertisement" | "advertising" | "adslot" | "adsense" | "adbox"
        | "adwrap" | "adunit" | "dfp" | "gpt" | "sponsor" | "sponsored" | "sponsors" | "banner" | "banners" | "affiliate"
        | "adcontainer" | "adwrapper" | "skyscraper" => "advertisement",
        "byline" | "bylines" | "author" | "authors" | "authorbox" | "bio" | "authorbio" | "meta" | "metadata" | "postmeta"
        | "entrymeta" | "timestamp" | "pubdate" | "dateline" | "publishdate" | "datetime" | "published" | "articleinfo"
        | "postinfo" | "vcard" | "contributor" | "contributors" => "byline or date line",
        "caption" | "captions" | "figcaption" | "credit" | "credits" | "photocredit" | "imagecredit" | "imagecaption"
        | "copyright" => "picture caption",
        "breadcrumb" | "breadcrumbs" | "tags" | "taglist" | "tagcloud" | "topics" | "categories" | "taxonomy" | "keywords"
        | "labels" => "tags",
        "cookie" | "cookies" | "gdpr" | "consent" | "onetrust" | "ccpa" | "privacy" => "cookie or privacy box",
        "sidebar" | "sidebars" | "widget" | "widgets" | "complementary" | "infobox" | "factbox" => "side matter",
        "footer" | "footers" | "masthead" | "colophon" | "disclaimer" => "page footer",
        "nav" | "navbar" | "navigation" | "menu" | "menus" | "submenu" | "pagination" | "pager" | "paging" | "toolbar"
        | "toc" | "hamburger" | "topbar" | "skip" | "skiplink" => "navigation",
        "popup" | "modal" | "overlay" | "tooltip" | "lightbox" | "drawer" | "interstitial" | "toast" | "snackbar" => "pop-up",
        "hidden" | "invisible" | "visuallyhidden" | "offscreen" | "noprint" => "hidden",
        "sr" if before.is_empty() => "hidden",
        "only" if before == "reader" => "hidden",
        "slideshow" | "carousel" | "gallery" | "slider" | "lightgallery" | "jwplayer" | "videoplayer" | "player" | "vjs"
        | "playlist" => "gallery or player",
        "pullquote" | "blockquote" if part == "pullquote" => "pull quote",
        "bar" if before == "action" => "share bar",
        "tools" if matches!(before, "article" | "story" | "page" | "post") => "share bar",
        "box" if before == "author" => "byline or date line",
        _ => return None,
    })
}

/// Whether a class or id says that the element holds the article's text; stronger the surer.
pub(super) fn article_mark(tree: &Tree<'_>, id: Id) -> f32 {
    if tree.attr(id, "itemprop").is_some_and(|p| p.split_whitespace().any(|p| p.eq_ignore_ascii_case("articleBody"))) {
        return 1.0;
    }
    let tag = tree.tag(id).unwrap_or("");
    if matches!(tag, "html" | "body") {
        return 0.0;
    }
    let squeezed =
        |s: &str| -> String { s.chars().filter(|c| c.is_alphanumeric() || c.is_whitespace()).collect::<String>().to_lowercase() };
    for name in [tree.attr(id, "class"), tree.attr(id, "id"), tree.attr(id, "data-component")]
        .into_iter()
        .flatten()
        .filter(|n| n.len() < 400)
    {
        const BODY: [&str; 22] = [
            "articlebody",
            "articlecontent",
            "articletext",
            "entrycontent",
            "postcontent",
            "postbody",
            "storybody",
            "storycontent",
            "storytext",
            "articlebodycontent",
            "maincontent",
            "newscontent",
            "newsbody",
            "newstext",
            "contentbody",
            "bodycontent",
            "pagecontent",
            "singlecontent",
            "fulltext",
            "bodycopy",
            "bodytext",
            "tdpostcontent",
        ];
        let name = squeezed(name);
        if name.split_whitespace().any(|n| BODY.iter().any(|b| n.ends_with(b) || n.starts_with(b))) {
            return 0.8;
        }
    }
    if tag == "article" {
        return 0.5;
    }
    if tag == "main" || tree.attr(id, "role") == Some("main") {
        return 0.3;
    }
    0.0
}
