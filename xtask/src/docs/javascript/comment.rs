//! JSDoc.

const LINE_CHARS_MAX: usize = 110;

/// A comment of these paragraphs, indented; nothing without a paragraph.
pub(super) fn comment(indent: &str, paragraphs: &[String]) -> String {
    let width = LINE_CHARS_MAX.saturating_sub(indent.len());
    let lines: Vec<String> = paragraphs.iter().flat_map(|paragraph| wrapped(paragraph, width)).collect();
    match lines.as_slice() {
        [] => String::new(),
        [line] => format!("{indent}/** {line} */\n"),
        lines => {
            let body: String =
                lines.iter().map(|line| format!("{indent} * {line}").trim_end().to_owned() + "\n").collect();
            format!("{indent}/**\n{body}{indent} */\n")
        }
    }
}

/// The lines of a paragraph; an empty one is an empty line.
fn wrapped(paragraph: &str, width: usize) -> Vec<String> {
    // What would end the comment.
    let paragraph = paragraph.replace("*/", "* /");
    let mut lines = vec![String::new()];
    for word in paragraph.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.is_empty() => line.push_str(word),
            Some(line)
                if line.chars().count().saturating_add(word.chars().count()) < width.saturating_sub(6) =>
            {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
