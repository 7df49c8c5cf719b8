//! Server-sent events from bytes, line by line, so that no split of the bytes matters.
//!
//! Follows the WHATWG HTML standard, "Interpreting an event stream".

/// One event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Its type; `message` where the stream names none.
    pub event: String,
    /// Its data, lines joined by a line feed.
    pub data: String,
    /// The last id that the stream has set.
    pub last_event_id: String,
}

/// Bytes in, events out.
#[derive(Debug, Default)]
pub struct Decoder {
    line: Vec<u8>,
    after_cr: bool,
    started: bool,
    event: String,
    data: Option<String>,
    id: String,
    retry: Option<u64>,
}

impl Decoder {
    /// A decoder at the beginning of a stream.
    pub fn new() -> Self {
        Self::default()
    }

    /// More bytes; the events that they complete.
    pub fn push(&mut self, bytes: &[u8]) -> Vec<Event> {
        let mut events = Vec::new();
        let mut rest = bytes;
        while let Some(&first) = rest.first() {
            if std::mem::take(&mut self.after_cr) && first == b'\n' {
                rest = &rest[1..];
                continue;
            }
            let Some(end) = rest.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
                self.line.extend_from_slice(rest);
                break;
            };
            self.line.extend_from_slice(&rest[..end]);
            self.after_cr = rest[end] == b'\r';
            rest = &rest[end + 1..];
            events.extend(self.take_line());
        }
        events
    }

    /// The event that the end of the stream left without its blank line. The standard discards it;
    /// model servers send such events, and their words count.
    pub fn finish(&mut self) -> Option<Event> {
        if !self.line.is_empty() {
            self.take_line();
        }
        self.dispatch()
    }

    /// Milliseconds to wait before connecting again, where the stream has said so.
    pub fn retry(&self) -> Option<u64> {
        self.retry
    }

    fn take_line(&mut self) -> Option<Event> {
        let bytes = std::mem::take(&mut self.line);
        let bytes = match bytes.strip_prefix(b"\xEF\xBB\xBF") {
            Some(rest) if !self.started => rest,
            _ => &bytes[..],
        };
        self.started = true;
        let line = String::from_utf8_lossy(bytes);
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = line.split_once(':').unwrap_or((&line, ""));
        self.field(field, value.strip_prefix(' ').unwrap_or(value));
        None
    }

    fn field(&mut self, field: &str, value: &str) {
        match field {
            "event" => self.event = value.to_owned(),
            "data" => match &mut self.data {
                Some(data) => {
                    data.push('\n');
                    data.push_str(value);
                }
                None => self.data = Some(value.to_owned()),
            },
            "id" if !value.contains('\0') => self.id = value.to_owned(),
            "retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().or(self.retry);
            }
            _ => {}
        }
    }

    fn dispatch(&mut self) -> Option<Event> {
        let event = std::mem::take(&mut self.event);
        // The standard's data buffer ends with a line feed for each line, so that one empty line is data.
        let data = self.data.take()?;
        if data.is_empty() {
            return None;
        }
        Some(Event {
            event: if event.is_empty() {
                "message".to_owned()
            } else {
                event
            },
            data,
            last_event_id: self.id.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// `|` marks the border of a chunk; events as `type/data/id`.
    fn check(stream: &str, expected: &[&str]) {
        let mut decoder = Decoder::new();
        let found: Vec<String> = stream
            .split('|')
            .flat_map(|chunk| decoder.push(chunk.as_bytes()))
            .map(|e| format!("{}/{}/{}", e.event, e.data, e.last_event_id))
            .collect();
        assert_eq!(found, expected, "{stream:?}");
    }

    #[test]
    fn the_standard() {
        check("data: a\n\n", &["message/a/"]);
        check("data:a\r\n\r\n", &["message/a/"]);
        check(
            "data: a\r|\n\r|\ndata: b\r\r",
            &["message/a/", "message/b/"],
        );
        check("\u{feff}data: a\n\n", &["message/a/"]);
        check("data: a\ndata: b\n\n", &["message/a\nb/"]);
        check("data\ndata\n\n", &["message/\n/"]);
        check("data:  two spaces\n\n", &["message/ two spaces/"]);
        check(": comment\n\ndata: a\n\n", &["message/a/"]);
        check(
            "event: x\nid: 7\ndata: a\n\ndata: b\n\n",
            &["x/a/7", "message/b/7"],
        );
        check("id: 1\0\ndata: a\n\n", &["message/a/"]);
        check("event: x\n\ndata: a\n\n", &["message/a/"]);
        check("da|ta: he|llo\n|\n", &["message/hello/"]);
        check("data: a\n", &[]);
    }

    #[test]
    fn an_event_without_its_blank_line() {
        let mut decoder = Decoder::new();
        decoder.push(b"retry: 30\ndata: a\ndata: b");
        assert_eq!(
            decoder.finish().map(|event| event.data).as_deref(),
            Some("a\nb")
        );
        assert_eq!(decoder.retry(), Some(30));
    }

    proptest! {
        #[test]
        fn no_split_matters(text in "(data|event|id|:|\r|\n|\r\n| |a|\u{4f60}|\u{feff}){0,60}", cuts in prop::collection::vec(0usize..200, 0..20)) {
            let bytes = text.as_bytes();
            let mut whole = Decoder::new();
            let expected = (whole.push(bytes), whole.finish());
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut % (bytes.len() + 1)).collect();
            cuts.sort_unstable();
            let mut decoder = Decoder::new();
            let mut found = Vec::new();
            let mut from = 0;
            for cut in cuts.into_iter().chain([bytes.len()]) {
                found.extend(decoder.push(&bytes[from..cut]));
                from = cut;
            }
            prop_assert_eq!((found, decoder.finish()), expected);
        }
    }
}
