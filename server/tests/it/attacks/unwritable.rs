//! A database that accepts no writes: a full disk, a node that became a standby. Every surface says so in its own
//! format, with the time to come back; afterwards everything works as before.

use axum::http::Method;
use oauth::testing::Prover;
use store::{
    sql,
    testing::{apart, postgres, sqlite},
};

use super::{calm::faults, world::FORM};
use crate::oauth::site::{App, Reply, Site, encoded, request};

const TOKEN: &str = "/authz/oph/ca/oauth/token";
const READ: &str = "/fhir/oph/ca/R4/Location";
const SCOPE: &str = "public/Location.read";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ill {
    FullFile,
    FullServer,
    /// The node at the other end of the connection, which still answers; the address leads to its successor.
    Standby,
}

impl Ill {
    async fn begin(self, site: &Site) {
        let store = &site.state.services.store;
        let begin = async {
            let mut ctx = if self == Self::Standby { store.read().await } else { store.write().await }.unwrap();
            match self {
                Self::FullFile => {
                    // The database still accepts what fits into its last pages.
                    let (pages,): (i64,) = sql("PRAGMA page_count").fetch_one(&mut ctx.tx).await.unwrap();
                    let mut limit = sql("PRAGMA max_page_count = ");
                    limit.push(&pages.to_string());
                    limit.fetch_one::<(i64,)>(&mut ctx.tx).await.unwrap();
                }
                Self::FullServer => {
                    for statement in [
                        "CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS \
                         'BEGIN RAISE EXCEPTION ''no space left on device'' USING ERRCODE = ''53100''; END'",
                        "DO 'DECLARE name TEXT; BEGIN \
                         FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = ''public'' LOOP \
                         EXECUTE format(''CREATE TRIGGER no_room BEFORE INSERT OR UPDATE OR DELETE ON %I \
                         EXECUTE FUNCTION no_room()'', name); END LOOP; END'",
                    ] {
                        sql(statement).execute(&mut ctx.tx).await.unwrap();
                    }
                }
                Self::Standby => {
                    sql("SET default_transaction_read_only = on").execute(&mut ctx.tx).await.unwrap();
                }
            }
            ctx.commit().await.unwrap();
        };
        apart(begin).await;
    }

    async fn end(self, site: &Site) {
        let end = async {
            let mut ctx = site.state.services.store.write().await.unwrap();
            match self {
                Self::FullFile => {
                    let limit = sql("PRAGMA max_page_count = 1000000000");
                    limit.fetch_one::<(i64,)>(&mut ctx.tx).await.unwrap();
                }
                Self::FullServer => {
                    sql("DROP FUNCTION no_room() CASCADE").execute(&mut ctx.tx).await.unwrap();
                }
                // A connection that met it does not meet it again.
                Self::Standby => {}
            }
            ctx.commit().await.unwrap();
        };
        apart(end).await;
    }
}

/// An app, with a token that is bound to its key: each read with it writes.
struct World {
    site: Site,
    app: App,
    prover: Prover,
    token: String,
}

/// A call that writes, and what its refusal contains.
#[derive(Clone, Copy, Debug)]
enum Call {
    Form,
    Authorize,
    Token,
    Push,
    Read,
}

impl World {
    async fn on(site: Site) -> Self {
        let (app, prover) = (site.app("oph-ca").await, Prover::default());
        let proof = prover.prove("POST", &address(TOKEN), site.now());
        let reply = site.post(TOKEN, &[("dpop", &proof)], &credentials(&app)).await;
        let token = reply.json()["access_token"].as_str().expect("a token").to_owned();
        Self { site, app, prover, token }
    }

    async fn call(&self, call: Call) -> Reply {
        let (site, long) = (&self.site, "x".repeat(400));
        let asking = [&request(&self.app, "patient/Patient.read")[..], &[("nonce", &long)]].concat();
        match call {
            Call::Form => site.send(Method::POST, "/api/sign-up", &[FORM], &encoded(&[("name", &long)])).await,
            Call::Authorize => site.get(&format!("/authz/oph/ca/oauth/authorize?{}", encoded(&asking))).await,
            Call::Token => {
                let proof = self.prover.prove("POST", &address(TOKEN), site.now());
                site.post(TOKEN, &[("dpop", &proof)], &credentials(&self.app)).await
            }
            Call::Push => {
                let pushed = [&asking[..], &[("client_secret", &*self.app.secret)]].concat();
                site.post("/authz/oph/ca/oauth/par", &[], &pushed).await
            }
            Call::Read => {
                let proof = self.prover.prove_with("GET", &address(READ), site.now(), &self.token);
                let authorization = format!("DPoP {}", self.token);
                site.send(Method::GET, READ, &[("authorization", &authorization), ("dpop", &proof)], "").await
            }
        }
    }

    /// Some rows may still fit.
    async fn call_until_refused(&self, call: Call, ill: Ill) -> Reply {
        for _ in 0..300 {
            ill.begin(&self.site).await;
            let reply = self.call(call).await;
            if reply.status.is_server_error() || ill != Ill::FullFile {
                return reply;
            }
        }
        panic!("{call:?} was never refused");
    }
}

fn address(path: &str) -> String {
    format!("http://127.0.0.1:3000{path}")
}

fn credentials(app: &App) -> [(&str, &str); 4] {
    [("grant_type", "client_credentials"), ("client_id", &app.id), ("client_secret", &app.secret), ("scope", SCOPE)]
}

#[tokio::test]
async fn where_nothing_can_be_written_every_surface_says_when_to_come_back() {
    for (test, ill) in
        [(sqlite().await, Ill::FullFile), (postgres().await, Ill::FullServer), (postgres().await, Ill::Standby)]
    {
        let world = World::on(Site::on(test).await).await;
        for (call, form) in [
            (Call::Form, "<h1>"),
            (Call::Authorize, "<h1>"),
            (Call::Token, "\"error\":\"temporarily_unavailable\""),
            (Call::Push, "\"error\":\"temporarily_unavailable\""),
            (Call::Read, "\"code\":\"transient\""),
        ] {
            let refused = world.call_until_refused(call, ill).await;
            assert_eq!(refused.status.as_u16(), 503, "{ill:?} {call:?}: {}", refused.body);
            assert!(refused.body.contains(form), "{ill:?} {call:?}: {}", refused.body);
            let seconds = refused.header("retry-after").parse::<u32>();
            assert!(seconds.is_ok_and(|seconds| 0 < seconds), "{ill:?} {call:?}");
            assert_eq!(faults(&refused), Vec::<String>::new(), "{ill:?} {call:?}");
            ill.end(&world.site).await;
            let again = world.call(call).await;
            assert!(again.status.as_u16() < 400, "{ill:?} {call:?} afterwards: {} {}", again.status, again.body);
        }
    }
}
