//! A mail server that accepts everything, or answers as the test asks.

use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

/// What a client said, line by line, the message included.
pub struct Conversation(Vec<String>);

impl Conversation {
    pub fn has(&self, line: &str) -> bool {
        self.0.iter().any(|found| found == line)
    }

    /// The message as it was sent.
    pub fn message(&self) -> String {
        let start = self.0.iter().position(|line| line == "DATA").map_or(0, |place| place + 1);
        self.0[start..].join("\r\n")
    }
}

/// Waits for one message and answers its recipient with `recipient_reply` and its text with `data_reply`.
pub async fn serve(
    recipient_reply: &'static str,
    data_reply: &'static str,
) -> (String, tokio::task::JoinHandle<Conversation>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let task = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        converse(stream, recipient_reply, data_reply).await
    });
    (url, task)
}

/// RFC 5321 §4.1, as much as a client that sends one message needs.
async fn converse(stream: TcpStream, recipient_reply: &str, data_reply: &str) -> Conversation {
    let (read, mut write) = stream.into_split();
    let (mut lines, mut said) = (BufReader::new(read).lines(), Vec::new());
    let mut in_data = false;
    write.write_all(b"220 test ESMTP\r\n").await.unwrap();
    while let Ok(Some(line)) = lines.next_line().await {
        said.push(line.clone());
        let reply = match line.split([' ', ':']).next().unwrap_or_default() {
            _ if in_data && line != "." => continue,
            "." => {
                in_data = false;
                data_reply
            }
            "EHLO" => "250 test",
            "RCPT" => recipient_reply,
            "DATA" => {
                in_data = true;
                "354 go on"
            }
            "QUIT" => "221 bye",
            _ => "250 fine",
        };
        write.write_all(format!("{reply}\r\n").as_bytes()).await.unwrap();
        if line == "." || reply.starts_with(['4', '5']) || line == "QUIT" {
            break;
        }
    }
    Conversation(said)
}
