//! What inputs are bent from: small pages of every format, and strings that readers stumble over.

/// Pages, whole and sound.
pub const SEEDS: [&str; 8] = [
    "Talks in Geneva end without result\n\nBy a reporter\nJanuary 12, 2022\n\nGENEVA, Jan 12 (Wire) — Deputy Foreign Minister Sergei Ryabkov met \
     Wendy Sherman on Monday. “We will not wait for ever,” he said. The United States rejected the demand that NATO close its door, and \
     threatened sanctions if Russia attacked Ukraine.\n\nShare post:\n\nSource link\n",
    "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>A truce holds | The Paper</title><meta property=\"article:published_time\" \
     content=\"2022-01-13T09:00:00+01:00\"><script type=\"application/ld+json\">{\"@type\":\"NewsArticle\",\"headline\":\"A truce holds\",\
     \"datePublished\":\"2022-01-13\"}</script></head><body><nav><a href=\"/\">Home</a></nav><article><h1>A truce holds</h1><p>Both armies \
     withdrew from the bridge &mdash; the mayor said so on Tuesday.</p><p>&ldquo;It is quiet,&rdquo; she added.</p></article><footer>© The \
     Paper</footer></body></html>",
    "<?xml version=\"1.0\" encoding=\"utf-8\"?><rss version=\"2.0\" xmlns:content=\"http://purl.org/rss/1.0/modules/content/\"><channel><title>Feed</title>\
     <item><title>Minister denies the charge</title><link>http://example.org/1</link><pubDate>Thu, 13 Jan 2022 10:00:00 GMT</pubDate>\
     <content:encoded><![CDATA[<p>The minister denied that troops had crossed the border.</p>]]></content:encoded></item></channel></rss>",
    "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>Envoys meet</title><id>urn:1</id><updated>2022-01-13T10:00:00Z\
     </updated><content type=\"html\">&lt;p&gt;Envoys met in Vienna.&lt;/p&gt;</content></entry></feed>",
    "{\"id\": \"a\", \"text\": \"Police arrested 40 protesters in Almaty on Wednesday.\", \"published\": \"2022-01-06\"}\n{\"id\": \"b\", \"html\": \
     \"<p>France offered to host a summit.<\\/p>\", \"title\": \"Summit \\u201cpossible\\u201d\"}\n{\"text\": \"\\ud83d\\ude00 lone \\ud83d\"}\n",
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/\r\nWARC-Date: 2022-01-13T10:00:00Z\r\nContent-Type: \
     application/http; msgtype=response\r\nContent-Length: 99\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>The \
     envoy refused to comment.</p></body></html>\r\n\r\n",
    "Министр заявил, что переговоры продолжатся. Les discussions reprendront lundi. 会談は月曜日に再開する。",
    "The spokesman said that Moscow would, if the West did not answer in writing, take “military-technical” measures; nobody in Brussels, \
     Paris or Berlin — least of all those who had warned of it since the autumn — was surprised, according to two diplomats.",
];

/// Tables as other programs write them.
pub const TABLES: [&[u8]; 6] = [
    include_bytes!("../../../page/tests/tables/arrow-snappy.parquet"),
    include_bytes!("../../../page/tests/tables/arrow-zstd-v2.parquet"),
    include_bytes!("../../../page/tests/tables/arrow-gzip-int96.parquet"),
    include_bytes!("../../../page/tests/tables/arrow-delta.parquet"),
    include_bytes!("../../../page/tests/tables/polars.parquet"),
    include_bytes!("../../../page/tests/tables/duckdb.parquet"),
];

/// Strings that readers stumble over.
pub const STONES: [&str; 36] = [
    "<div>",
    "</div>",
    "<p",
    "<!--",
    "-->",
    "<![CDATA[",
    "]]>",
    "<script>",
    "</script>",
    "<table><tr><td>",
    "&#x110000;",
    "&#0;",
    "&amp;",
    "&",
    "\u{0}",
    "\u{feff}",
    "\u{202e}",
    "\u{200d}",
    "e\u{301}\u{301}",
    "\r",
    "\n\n",
    "“",
    "”",
    "\"",
    "'",
    "«",
    "((((",
    "[[",
    "\\u0000",
    "\\ud800",
    "0000-00-00",
    "99999999999999999999",
    "Feb 30, 2022",
    "...",
    "a",
    "\u{1F1FA}\u{1F1E6}",
];
