//! Where axes, bars and letters are.

use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::{
    coord::Shift,
    prelude::{
        ChartBuilder, Color, DrawingArea, EmptyElement, IntoDrawingArea, IntoFont, IntoSegmentedCoord, RGBColor,
        Rectangle, SegmentValue, Text, TextStyle,
    },
};

use super::{
    Bar,
    shapes::{GRID, INK, LETTERS, PART_COLOR, Shape, Shapes, VALUE_COLOR},
};
use crate::components::pager::grouped;

/// The height of a lying bar with its label.
pub const ROW: u32 = 44;
/// Above and below all of them.
pub const MARGIN: u32 = 8;

const fn sign((red, green, blue): (u8, u8, u8)) -> RGBColor {
    RGBColor(red, green, blue)
}

type Area<'s> = DrawingArea<Shapes<'s>, Shift>;
type Failed<'s> = plotters::drawing::DrawingAreaErrorKind<std::convert::Infallible>;

/// Upright bars. Drawing into memory cannot fail; a chart that is not drawn is empty.
pub fn columns(bars: &[Bar], size: (u32, u32)) -> Vec<Shape> {
    let mut drawn = Vec::new();
    let area = Shapes { size, drawn: &mut drawn }.into_drawing_area();
    if let Err(error) = draw_columns(&area, bars, size.0) {
        tracing::error!(%error, "a chart was not drawn");
    }
    drop(area);
    drawn
}

fn draw_columns(area: &Area<'_>, bars: &[Bar], width: u32) -> Result<(), Failed<'static>> {
    let last = bars.len().saturating_sub(1);
    let top = scale(bars);
    let mut chart = ChartBuilder::on(area)
        .margin_top(12)
        .margin_right(12)
        .x_label_area_size(28)
        .y_label_area_size(7 * u32::try_from(grouped(top).len()).unwrap_or_default() + 14)
        .build_cartesian_2d((0..last).into_segmented(), 0..top)?;
    let label = |at: &SegmentValue<usize>| match at {
        SegmentValue::CenterOf(place) | SegmentValue::Exact(place) => {
            bars.get(*place).map(|bar| bar.label.clone()).unwrap_or_default()
        }
        SegmentValue::Last => String::new(),
    };
    chart
        .configure_mesh()
        .disable_x_mesh()
        .x_labels(if width < 500 { 4 } else { 8 })
        .x_label_formatter(&label)
        .y_labels(5)
        .y_label_formatter(&|value| grouped(*value))
        .label_style(letters())
        .axis_style(sign(INK))
        .bold_line_style(sign(GRID))
        .light_line_style(sign(GRID).mix(0.0))
        .draw()?;
    chart.draw_series(bars.iter().enumerate().flat_map(|(place, bar)| {
        let (from, to) = (SegmentValue::Exact(place), SegmentValue::Exact(place + 1));
        let split = bar.value - bar.part;
        let whole = Rectangle::new([(from, 0), (to.clone(), split)], sign(VALUE_COLOR).filled());
        let part = Rectangle::new([(SegmentValue::Exact(place), split), (to, bar.value)], sign(PART_COLOR).filled());
        [whole, part].map(|mut bar| {
            bar.set_margin(0, 0, 1, 1);
            bar
        })
    }))?;
    Ok(())
}

/// Lying bars, the first on top.
pub fn bars(bars: &[Bar], size: (u32, u32)) -> Vec<Shape> {
    let mut drawn = Vec::new();
    let area = Shapes { size, drawn: &mut drawn }.into_drawing_area();
    if let Err(error) = draw_bars(&area, bars) {
        tracing::error!(%error, "a chart was not drawn");
    }
    drop(area);
    drawn
}

fn draw_bars(area: &Area<'_>, bars: &[Bar]) -> Result<(), Failed<'static>> {
    let rows = i32::try_from(bars.len()).unwrap_or(i32::MAX);
    let margin = MARGIN / 2;
    let mut chart =
        ChartBuilder::on(area).margin_top(margin).margin_bottom(margin).build_cartesian_2d(0..scale(bars), rows..0)?;
    chart.draw_series((0..).zip(bars).flat_map(|(row, bar)| {
        let split = bar.value - bar.part;
        let boxes = [((0, row), (split, row + 1), VALUE_COLOR), ((split, row), (bar.value, row + 1), PART_COLOR)];
        boxes.map(|(from, to, color)| {
            let mut shape = Rectangle::new([from, to], sign(color).filled());
            shape.set_margin(22, 6, 0, 0);
            shape
        })
    }))?;
    chart.draw_series((0..).zip(bars).map(|(row, bar)| {
        let text = format!("{}: {}", bar.label, grouped(bar.value));
        let style = letters().pos(Pos::new(HPos::Left, VPos::Top));
        EmptyElement::at((0, row)) + Text::new(text, (0, 2), style)
    }))?;
    Ok(())
}

fn letters() -> TextStyle<'static> {
    ("sans-serif", LETTERS).into_font().color(&sign(INK))
}

/// The upper end of the axis: at least 1, so that a chart of zeros has one.
fn scale(bars: &[Bar]) -> i64 {
    let most = bars.iter().map(|bar| bar.value).max().unwrap_or_default();
    most + (most / 20).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, value: i64, part: i64) -> Bar {
        Bar { label: label.to_owned(), value, part }
    }

    fn heights(shapes: &[Shape], of: &str) -> Vec<i32> {
        let height = |shape: &Shape| match shape {
            Shape::Box { size, class, .. } if *class == of => Some(size.1),
            _ => None,
        };
        shapes.iter().filter_map(height).collect()
    }

    fn texts(shapes: &[Shape]) -> Vec<String> {
        let text = |shape: &Shape| match shape {
            Shape::Text { text, .. } => Some(text.clone()),
            _ => None,
        };
        shapes.iter().filter_map(text).collect()
    }

    #[test]
    fn columns_are_as_high_as_their_values_and_parts_are_on_top() {
        let shapes = columns(&[bar("Nov 1", 10, 0), bar("Nov 2", 20, 10), bar("Nov 3", 0, 0)], (720, 240));
        let (values, parts) = (heights(&shapes, "chart__value"), heights(&shapes, "chart__part"));
        assert_eq!((values.len(), parts.len()), (2, 1), "{shapes:?}");
        assert!((values[0] - values[1]).abs() <= 1 && (values[0] - parts[0]).abs() <= 1, "{shapes:?}");
        assert!(texts(&shapes).contains(&"Nov 2".to_owned()), "{:?}", texts(&shapes));
    }

    #[test]
    fn every_lying_bar_has_its_label_and_number() {
        let shapes = bars(&[bar("Patient.read", 1234, 0), bar("</svg><script>", 1, 1)], (340, 96));
        assert_eq!(texts(&shapes), ["Patient.read: 1,234", "</svg><script>: 1"]);
    }

    #[test]
    fn a_chart_of_nothing_is_drawn() {
        assert!(heights(&columns(&[], (340, 220)), "chart__value").is_empty());
        assert!(bars(&[], (340, 8)).is_empty());
        assert!(!columns(&[bar("Nov 1", 0, 0)], (340, 220)).is_empty());
    }
}
