//! a-tree, one record at a time: builds the event and searches. single_atree EXPORT, of ../export.py.
use a_tree::{ATree, AttributeDefinition};
use std::{env, fs, str::SplitWhitespace, time::Instant};

const SECONDS: u64 = 120;

/// A condition in a-tree's words.
fn condition(words: &mut SplitWhitespace, out: &mut String) {
    let word = words.next().unwrap();
    let mut next = || words.next().unwrap();
    match word {
        "A" | "O" => {
            let count: usize = next().parse().unwrap();
            out.push('(');
            for i in 0..count {
                if i > 0 {
                    out.push_str(if word == "A" { " and " } else { " or " });
                }
                condition(words, out);
            }
            out.push(')');
        }
        "R" => {
            let (column, low, high) = (next(), next(), next());
            out.push_str(&if low == high {
                format!("{column} = {low}")
            } else if high == "-1" {
                format!("{column} >= {low}")
            } else if low == "-1" {
                format!("{column} <= {high}")
            } else {
                format!("({column} >= {low} and {column} <= {high})")
            });
        }
        "S" | "N" => {
            let (column, values) = (next(), next().replace(',', ", "));
            out.push_str(&format!("{column} {} [{values}]", if word == "S" { "in" } else { "not in" }));
        }
        "H" | "X" => {
            let (column, value) = (next(), next());
            out.push_str(&format!("{column} {} [{value}]", if word == "H" { "one of" } else { "none of" }));
        }
        _ => out.push_str("(county < 0)"),
    }
}

fn mix64(mut x: u64) -> u64 {
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58476d1ce4e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d049bb133111eb);
    x ^ (x >> 31)
}

fn memory_mb() -> u64 {
    let pages = fs::read_to_string("/proc/self/statm").unwrap();
    pages.split(' ').nth(1).unwrap().parse::<u64>().unwrap() * 4 / 1024
}

enum Value {
    Unknown,
    Number(i64),
    List(Vec<i64>),
}

fn value(word: &str, is_list: bool) -> Value {
    match word {
        "-" => Value::Unknown,
        _ if is_list => Value::List(word.split(',').filter(|x| !x.is_empty()).map(|x| x.parse().unwrap()).collect()),
        _ => Value::Number(word.parse().unwrap()),
    }
}

fn main() {
    let folder = env::args().nth(1).unwrap();
    let read = |name: &str| fs::read_to_string(format!("{folder}/{name}.txt")).unwrap();
    let columns: Vec<(String, bool)> =
        read("columns").lines().map(|line| line.split_once(' ').map(|(n, k)| (n.to_string(), k == "L")).unwrap()).collect();
    let attributes: Vec<AttributeDefinition> = columns
        .iter()
        .map(|(name, is_list)| if *is_list { AttributeDefinition::integer_list(name) } else { AttributeDefinition::integer(name) })
        .collect();
    let policies: Vec<(u64, String)> = read("policies")
        .lines()
        .map(|line| {
            let mut words = line.split_whitespace();
            let id = words.next().unwrap().parse().unwrap();
            let mut text = String::new();
            condition(&mut words, &mut text);
            (id, text)
        })
        .collect();

    let memory = memory_mb();
    let began = Instant::now();
    let mut tree = ATree::new(&attributes).unwrap();
    let mut rejected = 0;
    for (id, text) in &policies {
        if let Err(error) = tree.insert(id, text) {
            rejected += 1;
            eprintln!("{id}: {error:?}");
        }
    }
    let load = began.elapsed().as_secs_f64();
    let memory = memory_mb() - memory;

    let (mut microseconds, mut digest, mut matches) = (vec![], 0u64, 0u64);
    let began = Instant::now();
    for line in read("records").lines() {
        let mut words = line.split(' ');
        let record: u64 = words.next().unwrap().parse().unwrap();
        let values: Vec<Value> = columns.iter().zip(words).map(|((_, is_list), word)| value(word, *is_list)).collect();
        let from = Instant::now();
        let mut event = tree.make_event();
        for ((name, _), value) in columns.iter().zip(&values) {
            match value {
                Value::Unknown => event.with_undefined(name).unwrap(),
                Value::Number(number) => event.with_integer(name, *number).unwrap(),
                Value::List(members) => event.with_integer_list(name, members).unwrap(),
            }
        }
        let event = event.build().unwrap();
        let report = tree.search(&event).unwrap();
        microseconds.push(from.elapsed().as_secs_f64() * 1e6);
        matches += report.matches().len() as u64;
        for id in report.matches() {
            digest = digest.wrapping_add(mix64((**id << 40).wrapping_add(record).wrapping_add(0x9e3779b97f4a7c15)));
        }
        if began.elapsed().as_secs() > SECONDS {
            break;
        }
    }
    let count = microseconds.len();
    microseconds.sort_by(|a, b| a.partial_cmp(b).unwrap());
    println!(
        "{{\"engine\":\"a-tree\",\"policies\":{},\"rejected\":{rejected},\"load_s\":{load:.3},\"mb\":{memory},\"records\":{count},\
         \"p50_us\":{:.1},\"p99_us\":{:.1},\"matches\":{matches},\"digest\":\"{digest:016x}\"}}",
        policies.len(),
        microseconds[count / 2],
        microseconds[count * 99 / 100]
    );
}
