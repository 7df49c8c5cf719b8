//! The pure core from the outside: JSON lines in, JSON lines out.

mod guide;
mod intent;
mod memory;
mod train;
mod unfinished;
mod wire;

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Read, Write};

const HELP: &str = "\
cargo xtask eval NAME [FILE]

Reads JSON lines from FILE or standard input, writes one JSON line for each.

  sse     {id, chunks_b64} to {id, events: [{event, data, lastEventId}], retry}
          By the standard: an event that the end of the stream leaves without its blank line is discarded.
  stream  {id, api, http_status?, chunks_b64} to {id, text, reasoning, end, end_raw, usage, error}
          api: chat, responses, messages, streamGenerateContent or api/chat; or browser, the model that is built into
          some, whose chunks are pieces of text. A clean end follows the last chunk. The type of the body is found from
          the body itself, so that a content_type may stand there and changes nothing.
  fit     {id, text} to {id, frame, filled: [...], hint, best_missing, spans: {slot: [start, end]}}
          frame: ask, write, code, translate, summarise, plan, decide, companion, none. hint and best_missing are
          the same: the most useful missing slot or null. Spans are bytes of text.
  render  {id, markdown} to {id, html}
          The content tree as the page's nodes would be, without the app's own buttons.
  judge   {id, text, finish_reason, prompt?} to {id, cut, certainty, signs: [{sign, from, to, weight}]}
          certainty and weight from 0 to 1; from and to count characters.
  stitch  {id, first, second, mode?} to {id, text, seam: {at, glue, dropped, near}, restarted}
          mode: asked (the default) or prefill. at counts characters; text is first + glue + second without dropped.
          An answer that starts over and goes its own way is not joined: text is then first alone.
  export  {id, row, format, redact?, chosen?} to {id, line}
          row: a bad case as it is stored; format: bad-cases, fine-tuning, preferences-openai or preferences-trl.
          line is null where the case does not fit the format. redact: true takes out what is not for others, and chosen.
  reconcile  {id, utterances: [text]} to {id, active: [{topic, polarity}], temporary: [..], superseded: [..], retracted: [..],
          proposed: [..], acts: [[act]]}
          The messages of one conversation, typed by one user, one after the other; polarity: + - 0.
  recall  {id, utterances: [text], question, budget?, lang?} to {id, chosen: [{topic, why, tokens}], tokens, text}
          What of the preferences in these messages goes with a question. budget: 300 tokens; lang: zh or en.
  recognise  {id, text} to {id, is_preference, kind, polarity, topic, certainty, preferences: [{kind, polarity, strength,
          topic, condition, exceptions, duration, cue, certainty, quote}]}
          kind: like, dislike, habit, fact_about_user, instruction_style, none. The first fields are those of the
          surest lasting preference, where it is sure (certainty from 50); the list has what is only proposed, too.

cargo xtask eval train DATA... OUT

Fits the model of the input frame to files of {text, frame, filled} and writes it to OUT.

A line that cannot be read gives {id: null, error}, and the exit code is 1 at the end.";

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments
        .iter()
        .any(|word| word == "--help" || word == "-h")
    {
        println!("{HELP}");
        return Ok(());
    }
    let run: fn(&Value) -> Value = match arguments.first().map(String::as_str) {
        Some("sse") => wire::sse_line,
        Some("stream") => wire::stream_line,
        Some("render") => wire::render_line,
        Some("fit") => guide::fit_line,
        Some("train") => return guide::train_model(&arguments[1..]),
        Some("judge") => unfinished::judge_line,
        Some("stitch") => unfinished::stitch_line,
        Some("export") => unfinished::export_line,
        Some("reconcile") => memory::reconcile_line,
        Some("recall") => memory::recall_line,
        Some("recognise") => intent::recognise_line,
        _ => {
            println!("{HELP}");
            return Ok(());
        }
    };
    let input: Box<dyn Read> = match arguments.get(1) {
        Some(file) => Box::new(std::fs::File::open(file)?),
        None => Box::new(std::io::stdin()),
    };
    let mut out = std::io::stdout().lock();
    let mut unread = false;
    for line in BufReader::new(input).lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = match serde_json::from_str::<Value>(&line) {
            Ok(value) => run(&value),
            Err(error) => {
                unread = true;
                json!({ "id": null, "error": error.to_string() })
            }
        };
        writeln!(out, "{answer}")?;
    }
    drop(out);
    std::process::exit(i32::from(unread));
}
