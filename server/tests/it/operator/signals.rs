//! Signals of a service manager.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process};

use super::{Place, Server};

fn signal(server: &Server, signal: Signal) {
    kill_process(Pid::from_child(&server.child), signal).unwrap();
}

#[test]
fn sighup_is_ignored_and_sigterm_ends_within_25_seconds_whatever_clients_do() {
    let place = Place::new();
    let mut server = Server::start(&place, "");
    signal(&server, Signal::HUP);
    server.until("SIGHUP is ignored");
    let mut ready = TcpStream::connect(server.address).unwrap();
    ready.write_all(b"GET /readyz HTTP/1.1\r\nhost: a\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    ready.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");

    // A head that does not end, a body that does not come, a connection that is idle after an answer.
    let half_heads = ["GET / HTTP/1.1\r\nhost: ", "GET /livez HTTP/1.1\r\nhost: a\r\n\r\n"];
    let body = "POST /api/sign-in HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\
                content-type: application/x-www-form-urlencoded\r\n\r\nlogin=";
    let clients: Vec<TcpStream> = half_heads
        .into_iter()
        .chain([body])
        .map(|begun| {
            let mut client = TcpStream::connect(server.address).unwrap();
            client.write_all(begun.as_bytes()).unwrap();
            client
        })
        .collect();
    // The idle one was answered, so all have been accepted.
    (&clients[1]).read_exact(&mut [0; 15]).unwrap();

    let began = Instant::now();
    signal(&server, Signal::TERM);
    let ended = server.child.wait().unwrap();
    assert!(ended.success(), "{ended}");
    assert!(began.elapsed() < Duration::from_secs(25), "{:?}", began.elapsed());
}

#[test]
fn a_second_signal_ends_at_once() {
    let place = Place::new();
    let mut server = Server::start(&place, "");
    let mut client = TcpStream::connect(server.address).unwrap();
    client.write_all(b"GET /livez HTTP/1.1\r\nhost: a\r\n\r\nGET / HTTP/1.1\r\nhost: ").unwrap();
    client.read_exact(&mut [0; 15]).unwrap();
    let began = Instant::now();
    signal(&server, Signal::TERM);
    server.until("a second signal stops immediately");
    signal(&server, Signal::TERM);
    assert!(server.child.wait().unwrap().success());
    assert!(began.elapsed() < Duration::from_secs(10), "{:?}", began.elapsed());
}
