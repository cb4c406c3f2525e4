//! What clients get wrong: always an error object with a 4xx, and a service that goes on.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod support;

use serde_json::{Value, json};
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::thread;
use std::time::{Duration, Instant};
use support::{BODY_TIME, Service, databases, error, grant, sqlite};

const JSON: &str = "application/json";

/// Every path that takes a body, and a body that it takes.
fn endpoints() -> Vec<(&'static str, &'static str, Value)> {
    vec![
        ("POST", "/accounts", support::account("c1", "customer", 20, &json!([]))),
        ("PUT", "/accounts/c1/systems", json!({"version": 1, "systems": []})),
        ("POST", "/accounts/c1/plans", json!({"on": "2023-06-01"})),
        ("POST", "/bookings", grant("g1", "c1", 5)),
        ("POST", "/bookings/preview", grant("g1", "c1", 5)),
        ("PUT", "/plans/x/consent", json!({"by": "ann@c1.example", "on": "2023-05-20"})),
    ]
}

/// Sends bytes as they are and reads one answer: its status and its document.
fn raw(service: &Service, bytes: &[u8]) -> (u16, Value) {
    let mut stream = TcpStream::connect(service.address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(bytes).unwrap();
    read_answer(&mut stream)
}

fn read_answer(stream: &mut TcpStream) -> (u16, Value) {
    let mut text = String::new();
    let mut chunk = [0; 4096];
    loop {
        let length = stream.read(&mut chunk).unwrap();
        assert!(length > 0, "the connection ended after {text:?}");
        text.push_str(std::str::from_utf8(&chunk[..length]).unwrap());
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let head = head.to_ascii_lowercase();
        let expected: usize =
            head.split("content-length: ").nth(1).unwrap().lines().next().unwrap().parse().unwrap();
        if body.len() >= expected {
            let status = head.split(' ').nth(1).unwrap().parse().unwrap();
            return (status, serde_json::from_str(body).unwrap_or_default());
        }
    }
}

fn request(method: &str, path: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    let head = format!(
        "{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\nContent-Length: {length}\r\n\r\n"
    );
    format!("{head}{body}").into_bytes()
}

fn send(service: &Service, method: &str, path: &str, body: &str) -> (u16, Value) {
    raw(service, &request(method, path, body))
}

#[test]
fn no_body_but_the_right_one() {
    for database in databases() {
        let service = Service::start(&database);
        service.with_partner_and_customer();
        for (method, path, good) in endpoints() {
            for malformed in
                ["", "{", "[]", "null", "7", "{\"key\": \"\\ud800\"}", "{\"a\" 1}", "{} {}", "\u{1}"]
            {
                let answer = send(&service, method, path, malformed);
                assert_eq!(error(&answer).0, 400, "{path} {malformed:?}: {answer:?}");
            }
            let text = good.to_string();
            for cut in 1..text.len() {
                let answer = send(&service, method, path, &text[..cut]);
                assert_eq!(error(&answer).0, 400, "{path} {cut}: {answer:?}");
            }
        }
        assert_eq!(service.get("/health").1, json!({"accounts": 2, "bookings": 0}));
    }
}

#[test]
fn every_field_has_its_type_and_its_name() {
    let database = sqlite();
    let service = Service::start(&database);
    service.with_partner_and_customer();
    for (method, path, good) in endpoints() {
        let fields: Vec<String> = good.as_object().unwrap().keys().cloned().collect();
        for field in &fields {
            for wrong in [
                json!({}),
                json!(true),
                json!([{}]),
                json!([1]),
                json!(-1.5),
                json!(1.0),
                json!(1e300),
                json!("\u{0}"),
            ] {
                let mut document = good.clone();
                document[field] = wrong;
                let answer = send(&service, method, path, &document.to_string());
                assert!((400..500).contains(&error(&answer).0), "{path}: {document}: {answer:?}");
            }
            let mut missing = good.clone();
            missing.as_object_mut().unwrap().remove(field);
            let answer = send(&service, method, path, &missing.to_string());
            let optional = ["administrators", "partners"].contains(&field.as_str());
            assert!(
                optional || (error(&answer).0, error(&answer).3) == (400, field.as_str()),
                "{path}: {answer:?}"
            );
        }
        let mut unknown = good.clone();
        unknown["flavour"] = json!(1);
        let answer = send(&service, method, path, &unknown.to_string());
        assert_eq!(error(&answer), (400, "invalid_input", None, "flavour"), "{path}");
        let twice = good.to_string().replacen('{', "{\"on\": \"2023-05-16\", \"on\": \"2023-05-16\", ", 1);
        assert_eq!(error(&send(&service, method, path, &twice)).0, 400, "{path}");
    }
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    assert_eq!(error(&send(&service, "POST", "/bookings", &deep)).0, 400);
    assert_eq!(error(&send(&service, "POST", "/accounts/c1/plans", &format!("{{\"on\":{deep}}}"))).0, 400);
}

#[test]
fn paths_and_methods() {
    let database = sqlite();
    let service = Service::start(&database);
    service.with_partner_and_customer();
    assert_eq!(error(&service.get("/")), (404, "not_found", None, ""));
    assert_eq!(error(&service.get("/accounts/c1/nothing")), (404, "not_found", None, ""));
    assert_eq!(error(&service.get("/plans/sha256:0")), (404, "not_found", None, "fingerprint"));
    assert_eq!(error(&service.get("/bookings")), (405, "method_not_allowed", None, ""));
    assert_eq!(error(&service.delete("/bookings/g1")), (405, "method_not_allowed", None, ""));
    assert_eq!(error(&service.get("/accounts/%ff")).0, 400);
    assert_eq!(error(&service.get("/accounts/%00")).0, 400);
    assert_eq!(error(&service.get("/accounts/%27%20OR%201=1;--")).0, 404);
    assert_eq!(error(&service.get(&format!("/accounts/{}", "x".repeat(5_000)))).0, 404);
    // Keys and UIDs may hold what has a meaning in paths.
    service.book(&grant("a/b ?#%", "c1", 5));
    assert_eq!(service.get("/bookings/a%2Fb%20%3F%23%25").0, 200);
    // Not HTTP, or too long a head: the connection is answered and closed.
    assert_eq!(raw(&service, b"BOOK ME\r\n\r\n").0, 400);
    let long = format!("GET /health HTTP/1.1\r\nHost: x\r\nCookie: {}\r\n\r\n", "x".repeat(500_000));
    assert_eq!(raw(&service, long.as_bytes()).0, 431);
    assert_eq!(service.get("/health").0, 200);
}

#[test]
fn content_types() {
    let database = sqlite();
    let service = Service::start(&database);
    service.with_partner_and_customer();
    let booking = grant("g1", "c1", 5).to_string();
    for wrong in ["text/plain", "application/x-www-form-urlencoded", "", "application/json-seq"] {
        let answer = service.send("/bookings", wrong, booking.as_bytes());
        assert_eq!(error(&answer), (415, "unsupported_media_type", None, ""), "{wrong}");
    }
    let latin = service.send("/bookings", JSON, b"{\"key\": \"\xe9\"}");
    assert_eq!(error(&latin), (400, "invalid_input", None, ""));
    assert_eq!(service.send("/bookings", "Application/JSON; charset=utf-8", booking.as_bytes()).0, 201);
}

#[test]
fn bodies_have_a_limit() {
    let database = sqlite();
    let service = Service::start(&database);
    service.with_partner_and_customer();
    let max = alms_service::BODY_BYTES_MAX;
    let padded = |length: usize| {
        let booking = grant("g1", "c1", 5).to_string();
        format!("{booking}{}", " ".repeat(length - booking.len()))
    };
    for length in [max + 1, 2 * max, 8 * max] {
        let answer = send(&service, "POST", "/bookings", &padded(length));
        assert_eq!(error(&answer), (413, "body_too_large", None, ""));
        assert_eq!(answer.1["context"]["bytes_max"], max);
    }
    // Without `Content-Length`, in chunks.
    let chunk = format!("{:x}\r\n{}\r\n", 1 << 20, " ".repeat(1 << 20));
    let head = format!(
        "POST /bookings HTTP/1.1\r\nHost: x\r\nContent-Type: {JSON}\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    let answer = raw(&service, format!("{head}{}0\r\n\r\n", chunk.repeat(3)).as_bytes());
    assert_eq!(error(&answer), (413, "body_too_large", None, ""));
    assert_eq!(send(&service, "POST", "/bookings", &padded(max)).0, 201);
}

/// Hundreds of clients that send a byte now and then, and one that behaves.
#[test]
fn slow_clients_wait_for_themselves() {
    let database = sqlite();
    let service = Service::start(&database);
    service.with_partner_and_customer();
    let start = Instant::now();
    thread::scope(|scope| {
        for _ in 0..200 {
            scope.spawn(|| {
                let mut stream = TcpStream::connect(service.address).unwrap();
                let head = "POST /bookings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n";
                stream.write_all(head.as_bytes()).unwrap();
                while start.elapsed() < BODY_TIME / 2 {
                    stream.write_all(b"{").unwrap();
                    thread::sleep(Duration::from_millis(100));
                }
                assert_eq!(error(&read_answer(&mut stream)), (408, "body_too_slow", None, ""));
            });
        }
        // Others that only connect, and one that says it will send and leaves.
        let idle: Vec<TcpStream> = (0..100).map(|_| TcpStream::connect(service.address).unwrap()).collect();
        drop(
            TcpStream::connect(service.address).unwrap().write_all(b"POST /bookings HTTP/1.1\r\nContent-Le"),
        );
        for number in 0..20 {
            service.book(&grant(&format!("g{number}"), "c1", 1));
        }
        drop(idle);
    });
    assert_eq!(service.balance("c1"), 40);
}

/// A client that hangs up amid its request, again and again.
#[test]
fn clients_may_leave() {
    for database in databases() {
        let service = Service::start(&database);
        service.with_partner_and_customer();
        for number in 0..50 {
            let bytes = request("POST", "/bookings", &grant(&format!("g{number}"), "c1", 1).to_string());
            let mut stream = TcpStream::connect(service.address).unwrap();
            stream.write_all(&bytes[..bytes.len() - (number % 2)]).unwrap();
        }
        // A half that was sent may or may not be booked by now; sent again, it is.
        for number in 0..50 {
            let (status, answer) = service.post("/bookings", &grant(&format!("g{number}"), "c1", 1));
            assert!(status == 200 || status == 201, "{answer}");
        }
        assert_eq!(service.balance("c1"), 70);
        assert_eq!(service.get("/health").1["bookings"], 50);
    }
}
