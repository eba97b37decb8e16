//! Charts as SVG, drawn on the server. `plotters` places axes and bars; the shapes get classes in place of colors, so that
//! the style sheet gives them the page's, in both appearances. A part of a bar is hatched, so that no one needs to see its
//! color. The table with the same numbers belongs beneath.

pub mod days;
mod draw;
mod shapes;

use leptos::prelude::*;

use self::shapes::Shape;
use super::pager::grouped;
use crate::texts::components as text;

/// One bar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    pub label: String,
    pub value: i64,
    /// How much of the value is hatched.
    pub part: i64,
}

/// What the bars and their hatched parts are.
#[derive(Clone, Copy, Debug)]
pub struct Legend {
    pub value: &'static str,
    pub part: Option<&'static str>,
}

/// Upright bars in the order of time, with few of their labels.
#[component]
pub fn Columns(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] title: String,
    legend: Legend,
    bars: Vec<Bar>,
) -> impl IntoView {
    let said = said(&title, legend, &bars);
    let pictures = [(720, 240, "wide"), (340, 220, "narrow")]
        .map(|(width, height, size)| picture(draw::columns(&bars, (width, height)), (width, height), size, id, &said));
    view! { <figure class="chart">{caption(title, legend)}{pictures.into_iter().collect_view()}</figure> }
}

/// Bars that lie below their labels, for names and kinds.
#[component]
pub fn Bars(
    /// Unique on the page.
    id: &'static str,
    #[prop(into)] title: String,
    legend: Legend,
    bars: Vec<Bar>,
) -> impl IntoView {
    let said = said(&title, legend, &bars);
    let rows = u32::try_from(bars.len()).unwrap_or_default();
    let height = rows * draw::ROW + draw::MARGIN;
    let pictures = [(720, "wide"), (340, "narrow")]
        .map(|(width, size)| picture(draw::bars(&bars, (width, height)), (width, height), size, id, &said));
    view! { <figure class="chart">{caption(title, legend)}{pictures.into_iter().collect_view()}</figure> }
}

fn caption(title: String, legend: Legend) -> impl IntoView {
    let part = legend.part.map(|part| {
        view! {
            <span class="chart__key"><span class="chart__sample chart__sample--value"></span>{legend.value}</span>
            <span class="chart__key"><span class="chart__sample chart__sample--part"></span>{part}</span>
        }
    });
    view! { <figcaption class="chart__title"><span>{title}</span> {part}</figcaption> }
}

/// For those who do not see the picture.
fn said(title: &str, legend: Legend, bars: &[Bar]) -> String {
    let sum = |of: fn(&Bar) -> i64| grouped(bars.iter().map(of).sum());
    let (value, part) = (sum(|bar| bar.value), sum(|bar| bar.part));
    let highest = bars.iter().max_by_key(|bar| bar.value).filter(|bar| 0 < bar.value);
    let mut said = format!("{title}. {}: {value}.", legend.value);
    if let Some(name) = legend.part {
        said.push_str(&format!(" {name}: {part}."));
    }
    if let Some(highest) = highest {
        said.push(' ');
        said.push_str(&text::highest(&highest.label, grouped(highest.value)));
    }
    said
}

fn picture(shapes: Vec<Shape>, (width, height): (u32, u32), size: &'static str, id: &str, said: &str) -> impl IntoView {
    let hatch = format!("{id}-{size}-hatch");
    let fill = format!("url(#{hatch})");
    let shapes = shapes.into_iter().map(|shape| draw_shape(shape, &fill)).collect_view();
    view! {
        <svg class=format!("chart__picture chart__picture--{size}") viewBox=format!("0 0 {width} {height}") role="img"
            aria-label=said.to_owned()>
            <defs>
                <pattern id=hatch width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                    <rect class="chart__hatch-ground" width="6" height="6"></rect>
                    <line class="chart__hatch-line" x1="0" y1="0" x2="0" y2="6"></line>
                </pattern>
            </defs>
            {shapes}
        </svg>
    }
}

fn draw_shape(shape: Shape, hatch: &str) -> AnyView {
    match shape {
        Shape::Line { from: (x1, y1), to: (x2, y2), class } => {
            view! { <line class=class x1=x1 y1=y1 x2=x2 y2=y2></line> }.into_any()
        }
        Shape::Box { at: (x, y), size: (width, height), class } => {
            let fill = (class == shapes::PART).then(|| hatch.to_owned());
            view! { <rect class=class x=x y=y width=width height=height fill=fill></rect> }.into_any()
        }
        Shape::Text { at: (x, y), anchor, text } => {
            view! { <text class="chart__text" x=x y=y text-anchor=anchor>{text}</text> }.into_any()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_is_text() {
        let bars = vec![Bar { label: "</text><script>alert(1)</script>".to_owned(), value: 3, part: 1 }];
        let legend = Legend { value: "Calls", part: Some("Errors") };
        let html = view! { <Bars id="of" title="Calls" legend bars /> }.to_html();
        assert!(html.contains("&lt;script&gt;alert(1)") && !html.contains("<script>"), "{html}");
        assert!(!html.contains("style="), "{html}");
    }

    #[test]
    fn who_does_not_see_the_picture_hears_what_it_shows() {
        let bar = |label: &str, value, part| Bar { label: label.to_owned(), value, part };
        let bars = [bar("Nov 1", 1200, 2), bar("Nov 2", 30, 1)];
        let said = said("Requests per day", Legend { value: "Requests", part: Some("Errors") }, &bars);
        assert_eq!(said, "Requests per day. Requests: 1,230. Errors: 3. Highest: Nov 1, 1,200.");
    }
}
