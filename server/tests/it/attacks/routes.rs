//! Every route of the server, read from the router itself, so that a test of "every route" cannot miss one.

use axum::http::Method;
use server::router;

use crate::oauth::site::Site;

/// A path as declared, and its methods.
pub struct Route {
    pub path: String,
    pub methods: Vec<Method>,
}

const METHODS: [(&str, Method); 6] = [
    ("get", Method::GET),
    ("post", Method::POST),
    ("put", Method::PUT),
    ("patch", Method::PATCH),
    ("delete", Method::DELETE),
    ("options", Method::OPTIONS),
];

/// The router prints its table in its debug output; it offers no other way.
pub fn routes(site: &Site) -> Vec<Route> {
    let shown = format!("{:?}", router::routes(site.state.clone()));
    let (table, _) = shown.split_once("fallback_router:").expect("the router prints itself in the known format");
    let (handlers, paths) = table.split_once("node:").expect("the router prints itself in the known format");
    let mut routes: Vec<Route> = paths.split("RouteId(").skip(1).map(|entry| route(entry, handlers)).collect();
    routes.sort_by(|one, other| one.path.cmp(&other.path));
    routes
}

fn route(entry: &str, handlers: &str) -> Route {
    let (id, rest) = entry.split_once("): \"").expect("an id and a path");
    let path = rest.split('"').next().expect("a path").to_owned();
    let (_, handler) = handlers.split_once(&format!("RouteId({id}): ")).expect("a handler for each path");
    let handler = handler.split("RouteId(").next().expect("its text");
    let methods = METHODS.into_iter().filter(|(name, _)| !handler.contains(&format!("{name}: None,")));
    let mut methods: Vec<Method> = methods.map(|(_, method)| method).collect();
    if methods.is_empty() {
        // A handler answers any method.
        methods = vec![Method::GET, Method::POST];
    }
    Route { path, methods }
}

#[tokio::test]
async fn the_routers_table_is_read_whole() {
    let site = Site::new().await;
    let routes = routes(&site);
    let find = |path: &str| routes.iter().find(|route| route.path == path).map(|route| route.methods.clone());
    assert_eq!(find("/"), Some(vec![Method::GET]));
    assert_eq!(find("/api/{name}"), Some(vec![Method::POST]));
    assert_eq!(find("/authz/idaho/oauth/authorize"), Some(vec![Method::GET, Method::POST]));
    assert_eq!(find("/authz/oph/ca/oauth/token"), Some(vec![Method::POST]));
    assert_eq!(find("/fhir/oph/ca/R4/{type}/{id}/{*rest}"), Some(vec![Method::GET, Method::POST]));
    let pages = app::routes::routes();
    assert!(pages.iter().all(|page| find(page.path).is_some()), "a page is missing");
    assert!(pages.len() + 60 < routes.len(), "{}", routes.len());
}
