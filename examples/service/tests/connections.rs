//! Connections: how many, how long they may do nothing, and that the service ends when it is told to.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test may fail loudly"
)]

mod support;

use alms_service::{Limits, Settings};
use serde_json::{Value, json};
use std::io::{BufRead as _, BufReader, ErrorKind, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use support::{Database, Service, account, error, grant, settings, sqlite};

const GET: &[u8] = b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n";

fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream
}

/// Whether the other side has closed; waits at most for the read timeout.
fn is_closed(stream: &mut TcpStream) -> bool {
    match stream.read(&mut [0; 64]) {
        Ok(length) => length == 0,
        Err(error) => matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe),
    }
}

/// Sends a request and reads the start of its answer; the connection stays.
fn ask(stream: &mut TcpStream) {
    stream.write_all(GET).unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
    thread::sleep(Duration::from_millis(20));
    let _rest = stream.read(&mut [0; 4096]).unwrap();
}

/// Clients that only connect do not shut others out: who has been idle for longest has to leave.
#[test]
fn idle_clients_make_room() {
    let database = sqlite();
    let limits = Limits { connections_max: 20, connections_of_one_max: 20, ..Limits::default() };
    let service = Service::start_with(settings(&database), limits);
    let mut first = connect(service.address);
    thread::sleep(Duration::from_millis(50));
    let idle: Vec<TcpStream> = (0..19).map(|_| connect(service.address)).collect();
    let mut kept_alive = connect(service.address);
    ask(&mut kept_alive);
    assert!(is_closed(&mut first), "it has been idle for longest");
    let start = Instant::now();
    for _ in 0..30 {
        ask(&mut connect(service.address));
    }
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
    drop(idle);
}

/// So many others, who ask and stay.
fn with_others(service: &Service, count: u32) -> Vec<TcpStream> {
    let other = |_| {
        let mut stream = connect(service.address);
        ask(&mut stream);
        stream
    };
    (0..count).map(other).collect()
}

/// Requests that are under way are not cut off by those who come.
#[test]
fn a_busy_client_stays() {
    let database = sqlite();
    let limits = Limits { connections_max: 5, connections_of_one_max: 5, ..Limits::default() };
    let patient = Settings { body_time: Duration::from_secs(14), ..settings(&database) };
    let service = Service::start_with(patient, limits);
    service.with_partner_and_customer();
    let body = grant("g1", "c1", 5).to_string();
    let mut busy = connect(service.address);
    let head = format!(
        "POST /bookings HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    busy.write_all(head.as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(50));
    let others = with_others(&service, 20);
    busy.write_all(body.as_bytes()).unwrap();
    let mut answer = [0; 12];
    busy.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 201");
    drop(others);
}

/// One address may have its part of all connections: of the others there is room for others.
#[test]
fn one_address_has_its_part() {
    let database = sqlite();
    let limits = Limits { connections_max: 20, connections_of_one_max: 5, ..Limits::default() };
    let service = Service::start_with(settings(&database), limits);
    let mut streams: Vec<TcpStream> = (0..15)
        .map(|_| {
            thread::sleep(Duration::from_millis(10));
            connect(service.address)
        })
        .collect();
    thread::sleep(Duration::from_millis(300));
    let closed = streams.iter_mut().filter_map(|stream| {
        stream.set_read_timeout(Some(Duration::from_millis(20))).unwrap();
        is_closed(stream).then_some(())
    });
    assert_eq!(closed.count(), 10);
}

#[test]
fn a_connection_is_idle_for_a_time_only() {
    let database = sqlite();
    let limits = Limits { idle_time: Duration::from_millis(500), ..Limits::default() };
    let service = Service::start_with(settings(&database), limits);
    let mut silent = connect(service.address);
    let mut half = connect(service.address);
    half.write_all(&GET[..20]).unwrap();
    let mut used = connect(service.address);
    ask(&mut used);
    let start = Instant::now();
    assert!(is_closed(&mut silent) && is_closed(&mut half) && is_closed(&mut used));
    assert!(start.elapsed() < Duration::from_secs(5), "{:?}", start.elapsed());
}

/// A large account, and a client's request for it.
fn with_large_account(service: &Service) -> usize {
    let systems: Vec<Value> = (0..9_000)
        .map(|number| json!({"serial": format!("S{number}"), "model": "RV55", "state": "active"}))
        .collect();
    let mut large = account("big", "customer", 0, &json!([]));
    large["systems"] = json!(systems);
    assert_eq!(service.post("/accounts", &large).0, 201);
    service.get("/accounts/big").1.to_string().len()
}

/// A client that asks and does not read loses its connection, however little it takes now and then.
#[test]
fn an_answer_is_read_within_a_time() {
    let database = sqlite();
    let limits = Limits { write_time: Duration::from_millis(1_500), ..Limits::default() };
    // More answers than the buffers of the network hold.
    let service = Service::start_with(
        Settings { client_bytes_max: 1 << 30, all_bytes_max: 1 << 30, ..settings(&database) },
        limits,
    );
    with_large_account(&service);
    let mut slow = connect(service.address);
    let request = b"GET /accounts/big HTTP/1.1\r\nHost: x\r\n\r\n";
    slow.write_all(&request.repeat(20)).unwrap();
    let start = Instant::now();
    let mut total = 0;
    while start.elapsed() < Duration::from_secs(10) {
        // A few bytes at a time, for ever.
        match slow.read(&mut [0; 512]) {
            Ok(0) | Err(_) => break,
            Ok(length) => total += length,
        }
        if start.elapsed() < Duration::from_secs(3) {
            thread::sleep(Duration::from_millis(50));
        }
    }
    assert!(start.elapsed() < Duration::from_secs(9), "{:?} and {total} bytes", start.elapsed());
}

/// A client that is reading an answer is not sent away for others.
#[test]
fn a_reader_is_busy() {
    let database = sqlite();
    let limits = Limits { connections_max: 5, connections_of_one_max: 5, ..Limits::default() };
    let service = Service::start_with(settings(&database), limits);
    with_large_account(&service);
    let mut slow = connect(service.address);
    let request = b"GET /accounts/big HTTP/1.1\r\nHost: x\r\n\r\n";
    slow.write_all(&request.repeat(20)).unwrap();
    // Until the buffers of the network are full.
    thread::sleep(Duration::from_secs(1));
    let others = with_others(&service, 20);
    let (mut answers, mut chunk) = (Vec::new(), vec![0; 1 << 20]);
    let count = |answers: &[u8]| answers.windows(12).filter(|bytes| *bytes == b"HTTP/1.1 200").count();
    slow.set_read_timeout(Some(Duration::from_secs(2))).unwrap();
    while let Ok(length) = slow.read(&mut chunk) {
        if length == 0 {
            break;
        }
        answers.extend_from_slice(&chunk[..length]);
    }
    assert_eq!(count(&answers), 20);
    assert!(answers.ends_with(b"}"), "the last one is whole");
    drop(others);
}

/// Answers that wait to be read are a client's own: it gets no more of them, and others get theirs.
#[test]
fn slow_readers_have_a_budget() {
    let database = sqlite();
    let bytes = {
        let service = Service::start(&database);
        with_large_account(&service)
    };
    let settings = Settings { client_bytes_max: bytes * 3, ..support::settings_behind_proxy(&database) };
    let service = Service::start_with(settings, Limits::default());
    let request = b"GET /accounts/big HTTP/1.1\r\nHost: x\r\nX-Alms-Caller: vendor slow\r\n\r\n";
    // So many on each that the buffers of the network do not hold them.
    let slow: Vec<TcpStream> = (0..8)
        .map(|_| {
            let mut stream = connect(service.address);
            stream.write_all(&request.repeat(30)).unwrap();
            stream
        })
        .collect();
    let get = |caller: &str| service.as_caller(Some(caller), "GET", "/accounts/big", &Value::Null);
    let start = Instant::now();
    let refused = loop {
        let answer = get("vendor slow");
        if answer.0 != 200 {
            break answer;
        }
        assert!(start.elapsed() < Duration::from_secs(20), "nothing is refused");
    };
    assert_eq!(error(&refused), (503, "unavailable", None, ""));
    assert_eq!(get("vendor other").0, 200);
    drop(slow);
    let start = Instant::now();
    while get("vendor slow").0 != 200 {
        assert!(start.elapsed() < Duration::from_secs(10), "what nobody reads is never given back");
        thread::sleep(Duration::from_millis(50));
    }
}

/// The service as a process, with arguments of its own.
struct Process(Child, SocketAddr);

impl Process {
    fn start(database: &Database) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_alms-service"));
        command.args([
            "--insecure",
            "--log",
            "off",
            "--listen",
            "127.0.0.1:0",
            "--connections-of-one",
            "800",
        ]);
        let mut child = command.env("ALMS_DATABASE", &database.url).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").unwrap().parse().unwrap();
        Self(child, address)
    }

    /// SIGTERM, and how long the service took to end.
    fn terminate(&mut self) -> Duration {
        let start = Instant::now();
        let pid = self.0.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &pid]).status().unwrap().success());
        while start.elapsed() < Duration::from_secs(20) {
            if let Some(status) = self.0.try_wait().unwrap() {
                assert!(status.success(), "{status}");
                return start.elapsed();
            }
            thread::sleep(Duration::from_millis(10));
        }
        self.0.kill().unwrap();
        start.elapsed()
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// All places are taken by clients that have begun something and do not go on.
#[test]
#[cfg(unix)]
fn it_ends_when_it_is_told_to_with_all_places_taken() {
    let database = sqlite();
    let mut service = Process::start(&database);
    let clients: Vec<TcpStream> = (0..800)
        .map(|number| {
            let mut client = connect(service.1);
            if number % 2 == 0 {
                client.write_all(b"GET /hea").unwrap();
            }
            client
        })
        .collect();
    thread::sleep(Duration::from_millis(500));
    // They wait for a place.
    let waiting: Vec<TcpStream> = (0..50).map(|_| connect(service.1)).collect();
    let took = service.terminate();
    assert!(took < Duration::from_secs(5), "{took:?}");
    drop((clients, waiting));
}

/// A request that is under way is answered before the end.
#[test]
#[cfg(unix)]
fn it_ends_after_the_last_answer() {
    let database = sqlite();
    let mut service = Process::start(&database);
    let body = account("c1", "customer", 20, &json!([])).to_string();
    let (address, length) = (service.1, body.len());
    let client = thread::spawn(move || {
        let mut client = connect(address);
        let head = format!(
            "POST /accounts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
        );
        client.write_all(head.as_bytes()).unwrap();
        thread::sleep(Duration::from_millis(1_000));
        client.write_all(body.as_bytes()).unwrap();
        let mut answer = String::new();
        client.read_to_string(&mut answer).unwrap();
        answer
    });
    thread::sleep(Duration::from_millis(300));
    let took = service.terminate();
    assert!(client.join().unwrap().starts_with("HTTP/1.1 201"));
    assert!(took >= Duration::from_millis(500) && took < Duration::from_secs(8), "{took:?}");
}
