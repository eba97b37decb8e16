// A mail server that accepts everything and delivers nothing. GET /messages?to=…&subject=… answers with the newest
// message that fits, and waits for one to come (`after`: the number of messages to that address already seen).

import { createServer } from 'node:http';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

const PATIENCE = 30_000;
const messages = [];
const waiting = new Set();

const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  onData(stream, session, done) {
    simpleParser(stream).then((mail) => {
      const to = session.envelope.rcptTo.map((recipient) => recipient.address.toLowerCase());
      messages.push({ to, from: mail.from?.text, subject: mail.subject ?? '', text: mail.text ?? '', html: mail.html || '' });
      for (const look of waiting) look();
      done();
    }, done);
  },
});

function answer(response, status, body) {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

const inbox = createServer((request, response) => {
  const query = new URL(request.url, 'http://inbox').searchParams;
  const to = query.get('to')?.toLowerCase();
  if (!to) return answer(response, 200, messages);
  const subject = query.get('subject') ?? '';
  const after = Number(query.get('after') ?? 0);
  const look = () => {
    const fitting = messages.filter((mail) => mail.to.includes(to) && mail.subject.includes(subject));
    if (after < fitting.length) finish(200, fitting.at(-1));
  };
  const finish = (status, body) => {
    clearTimeout(timer);
    waiting.delete(look);
    answer(response, status, body);
  };
  const subjects = () => messages.filter((mail) => mail.to.includes(to)).map((mail) => mail.subject);
  const timer = setTimeout(() => finish(404, { error: `no such mail to ${to}; it got:`, subjects: subjects() }), PATIENCE);
  waiting.add(look);
  look();
});

smtp.listen(Number(process.env.SMTP_PORT), '127.0.0.1');
inbox.listen(Number(process.env.INBOX_PORT), '127.0.0.1');
