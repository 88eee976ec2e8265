//! Briefs from records made by hand.

use ledger::{Category, Entity, Event, Evidence, Modality, Mode, Part, Quoted, Statement};
use ledger::{DateBasis, Form, Size, Stance};
use text::{Body, Source};

use super::{Account, Brief, Line, Phrases, TextStyle, Topic};

struct Page {
    source: Source<Body>,
    account: Account,
}

impl Page {
    fn new(id: &str, text: &str) -> Page {
        let source = Source::new(text);
        let account = Account::bare(id.to_string(), &source, Some(&Source::new(format!("Page {id}"))));
        Page { source, account }
    }

    fn quote(&self, words: &str) -> Quoted {
        Quoted::new(&self.source, self.source.find(words).expect("the words stand in the text"))
    }

    fn party(&self, words: &str, name: &str, code: &str) -> Entity {
        let quoted = self.quote(words);
        Entity {
            text: quoted.text,
            span: quoted.span,
            code: Some(code.to_string()),
            sector: vec!["GOV".to_string()],
            id: name.to_lowercase(),
            name: name.to_string(),
            office: None,
            collective: false,
        }
    }

    fn evidence(&self, words: &str) -> Evidence {
        let quoted = self.quote(words);
        Evidence {
            page: self.account.page.clone(),
            part: Part::Text,
            quoted,
            parts: Vec::new(),
            finder: "test",
            revision: "0".into(),
        }
    }

    fn event(
        &mut self,
        category: Category,
        trigger: &str,
        words: &str,
        actor: Vec<Entity>,
        recipient: Vec<Entity>,
    ) -> &mut Event {
        let event = Event {
            id: format!("{}-{}", self.account.page, self.account.events.len()),
            category: vec![category],
            mode: Vec::new(),
            context: Vec::new(),
            actor,
            recipient,
            modality: Modality::Asserted,
            modality_cue: None,
            proposition: None,
            said_by: None,
            confidence: 0.8,
            trigger: vec![self.quote(trigger)],
            sentence: self.quote(words),
            date: None,
            end_date: None,
            date_basis: DateBasis::None,
            when: None,
            place: None,
            size: Size::default(),
            why: Vec::new(),
            evidence: self.evidence(words),
        };
        self.account.events.push(event);
        self.account.events.last_mut().expect("just pushed")
    }

    fn statement(&mut self, speaker: Entity, content: &str, words: &str, stance: Stance) -> String {
        let id = format!("{}-s{}", self.account.page, self.account.statements.len());
        let statement = Statement {
            id: id.clone(),
            speaker: Some(self.quote(&speaker.text)),
            actors: vec![speaker],
            cue: None,
            content: self.quote(content),
            parts: Vec::new(),
            form: Form::Indirect,
            stance,
            channel: None,
            addressee: None,
            occasion: None,
            date: None,
            within: None,
            why: Vec::new(),
            evidence: self.evidence(words),
        };
        self.account.statements.push(statement);
        id
    }
}

fn brief(pages: Vec<Page>) -> Brief {
    let accounts: Vec<Account> = pages.into_iter().map(|p| p.account).collect();
    Brief::new(&accounts, &Phrases::builtin().unwrap())
}

fn texts(brief: &Brief, topic: Topic) -> Vec<&str> {
    brief.lines(topic).iter().map(|l: &Line| l.text.as_str()).collect()
}

fn meeting(id: &str, text: &str, russia: &str, america: &str) -> Page {
    let mut page = Page::new(id, text);
    let both = vec![page.party(russia, "Russia", "RUS"), page.party(america, "United States", "USA")];
    page.event(Category::Consult, "talks", text, both, Vec::new()).date = Some("2022-01-10".parse().unwrap());
    page
}

#[test]
fn one_meeting_told_twice_is_one_line() {
    let a = meeting("a", "Russia and the United States held talks.", "Russia", "United States");
    let b = meeting("b", "American officials opened talks with Moscow.", "Moscow", "American");
    let brief = brief(vec![a, b]);
    assert_eq!(texts(&brief, Topic::Meetings), ["Russia and the United States held talks on 10 January 2022."]);
    let line = &brief.lines(Topic::Meetings)[0];
    assert_eq!((line.refs.len(), line.records.len()), (2, 2));
}

#[test]
fn meetings_on_other_days_stay_apart() {
    let a = meeting("a", "Russia and the United States held talks.", "Russia", "United States");
    let mut b = meeting("b", "Russia and the United States held talks.", "Russia", "United States");
    b.account.events[0].date = Some("2022-01-21".parse().unwrap());
    assert_eq!(brief(vec![a, b]).lines(Topic::Meetings).len(), 2);
}

#[test]
fn an_answer_stands_behind_its_demand() {
    let mut page =
        Page::new("a", "Russia demands that NATO stop its expansion. The alliance rejected the demand of Moscow to stop it.");
    let (russia, nato) = (page.party("Russia", "Russia", "RUS"), page.party("NATO", "NATO", "IGO"));
    page.event(Category::Request, "demands", "Russia demands that NATO stop its expansion.", vec![russia], vec![nato]);
    let (nato, russia) = (page.party("The alliance", "NATO", "IGO"), page.party("Moscow", "Russia", "RUS"));
    page.event(Category::Reject, "rejected", "The alliance rejected the demand of Moscow to stop it.", vec![nato], vec![russia]);
    let brief = brief(vec![page]);
    let lines = texts(&brief, Topic::Demands);
    assert_eq!(lines, ["Russia demands that NATO stop its expansion. Answer: NATO rejected the demand of Moscow to stop it."]);
}

#[test]
fn what_no_words_join_stands_as_the_page_has_it_once() {
    let text = "In Riverton, men with clubs and whips attacked twenty people who were guarding a rally.";
    let mut page = Page::new("a", text);
    let (men, people) = (page.party("men", "men", "UKR"), page.party("twenty people", "twenty people", "UKR"));
    page.event(Category::Assault, "attacked", text, vec![men.clone()], vec![people.clone()]);
    page.event(Category::Protest, "rally", text, vec![people], Vec::new());
    let brief = brief(vec![page]);
    assert_eq!(texts(&brief, Topic::Moves), [text]);
    assert_eq!(brief.lines(Topic::Moves)[0].records.len(), 2);
}

#[test]
fn an_answer_within_one_country_must_be_about_the_demand() {
    let text = "Opposition deputies demanded an amnesty from Kyiv. Kyiv rebuffed the deputies over a road.";
    let mut page = Page::new("a", text);
    let (mut deputies, kyiv) = (page.party("Opposition deputies", "deputies", "UKR"), page.party("Kyiv", "Ukraine", "UKR"));
    deputies.sector = vec!["OPP".to_string()];
    let asked = "Opposition deputies demanded an amnesty from Kyiv.";
    page.event(Category::Request, "demanded", asked, vec![deputies.clone()], vec![kyiv.clone()]);
    page.event(Category::Reject, "rebuffed", "Kyiv rebuffed the deputies over a road.", vec![kyiv], vec![deputies]);
    let brief = brief(vec![page]);
    assert!(texts(&brief, Topic::Demands).iter().all(|l| !l.contains("Answer:")));
}

#[test]
fn a_claim_is_told_as_a_claim() {
    let text = "Ms. Truss said Russia was massing troops.";
    let mut page = Page::new("a", text);
    let speaker = page.party("Ms. Truss", "Liz Truss", "GBR");
    let id = page.statement(speaker, "Russia was massing troops", text, Stance::Says);
    let russia = page.party("Russia", "Russia", "RUS");
    let event = page.event(Category::Mobilize, "massing", text, vec![russia], Vec::new());
    event.said_by = Some(id);
    event.evidence.quoted = event.sentence.clone();
    let brief = brief(vec![page]);
    assert_eq!(texts(&brief, Topic::Moves), ["Liz Truss says: Russia was massing troops."]);
}

#[test]
fn a_denial_is_no_move() {
    let text = "Russia has denied planning an invasion of Ukraine.";
    let mut page = Page::new("a", text);
    let (russia, ukraine) = (page.party("Russia", "Russia", "RUS"), page.party("Ukraine", "Ukraine", "UKR"));
    let speaker = russia.clone();
    page.event(Category::Assault, "invasion", text, vec![russia], vec![ukraine]).modality = Modality::Denied;
    page.statement(speaker, "planning an invasion of Ukraine", text, Stance::Denies);
    page.account.statements[0].cue = Some(page.quote("has denied"));
    let brief = brief(vec![page]);
    assert!(brief.lines(Topic::Moves).is_empty());
    assert_eq!(texts(&brief, Topic::Denials), ["Russia has denied planning an invasion of Ukraine."]);
    assert_eq!(brief.lines(Topic::Denials)[0].records.len(), 2);
}

#[test]
fn hundreds_of_lines_stay_on_one_screen() {
    let pages: Vec<Page> = (0..300)
        .map(|n| {
            let text = format!("Russia moved army number {n} to village {n}.");
            let mut page = Page::new(&format!("p{n}"), &text);
            let russia = page.party("Russia", "Russia", "RUS");
            page.event(Category::Mobilize, "moved", &text, vec![russia], Vec::new()).mode =
                Mode::parse(Category::Mobilize, "troops").into_iter().collect();
            page
        })
        .collect();
    let brief = brief(pages);
    let text = brief.text(&TextStyle { width: 80, colour: false, lines: None });
    assert!(text.lines().count() < 30, "{text}");
    assert!(text.contains(" 12 of 300 ──"), "{text}");
    assert!(text.lines().all(|l| l.chars().count() <= 80), "{text}");
}

#[test]
fn json_names_every_section_and_counts_characters() {
    let a = meeting("é", "“Да”: Russia and the United States held talks.", "Russia", "United States");
    let json = brief(vec![a]).json();
    let names: Vec<&str> = json["sections"].as_array().unwrap().iter().filter_map(|s| s["name"].as_str()).collect();
    assert_eq!(names, ["meetings", "demands", "threats", "moves", "denials", "statements", "sources", "notes"]);
    assert_eq!(json["sections"][0]["lines"][0]["refs"][0], serde_json::json!({"page": "é", "start": 0, "end": 46}));
}

#[test]
fn an_empty_brief_prints() {
    let brief = brief(Vec::new());
    assert_eq!(brief.text(&TextStyle { width: 80, colour: false, lines: None }), "Brief · 0 pages · undated\n");
    assert!(brief.html(None).contains("</html>"));
}
