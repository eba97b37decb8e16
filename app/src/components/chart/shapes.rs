//! What `plotters` draws on: a list of shapes. Colors are signs here, each of which becomes a class.

use std::convert::Infallible;

use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    text_anchor::{HPos, VPos},
};

/// A shape of the picture, in its own units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    Line { from: BackendCoord, to: BackendCoord, class: &'static str },
    Box { at: BackendCoord, size: BackendCoord, class: &'static str },
    Text { at: BackendCoord, anchor: &'static str, text: String },
}

/// The class of a hatched part.
pub const PART: &str = "chart__part";

/// The signs.
pub const INK: (u8, u8, u8) = (0, 0, 1);
pub const GRID: (u8, u8, u8) = (0, 0, 2);
pub const VALUE_COLOR: (u8, u8, u8) = (0, 0, 3);
pub const PART_COLOR: (u8, u8, u8) = (0, 0, 4);

fn class(color: BackendColor) -> &'static str {
    match color.rgb {
        GRID => "chart__grid",
        VALUE_COLOR => "chart__value",
        PART_COLOR => PART,
        _ => "chart__ink",
    }
}

/// The size of letters, and what we take as the width of one.
pub const LETTERS: u32 = 13;
const LETTER_WIDTH: u32 = 7;

/// Collects shapes.
pub struct Shapes<'s> {
    pub size: (u32, u32),
    pub drawn: &'s mut Vec<Shape>,
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for Shapes<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        // Lines, rectangles and letters are all that our charts have.
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        let color = style.color();
        if 0.0 < color.alpha {
            self.drawn.push(Shape::Line { from, to, class: class(color) });
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let points: Vec<BackendCoord> = path.into_iter().collect();
        points.windows(2).try_for_each(|ends| match ends {
            [from, to] => self.draw_line(*from, *to, style),
            _ => Ok(()),
        })
    }

    fn draw_rect<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S, _: bool) -> Drawn {
        let (left, right) = (from.0.min(to.0), from.0.max(to.0));
        let (top, bottom) = (from.1.min(to.1), from.1.max(to.1));
        let color = style.color();
        if 0.0 < color.alpha && top < bottom && left < right {
            let (at, size) = ((left, top), (right - left, bottom - top));
            self.drawn.push(Shape::Box { at, size, class: class(color) });
        }
        Ok(())
    }

    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, at: BackendCoord) -> Drawn {
        let (x, y) = at;
        let anchor = style.anchor();
        let height = i32::try_from(LETTERS).unwrap_or_default();
        let anchored = match anchor.h_pos {
            HPos::Left => "start",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        let y = match anchor.v_pos {
            VPos::Top => y + height,
            VPos::Center => y + height / 3,
            VPos::Bottom => y,
        };
        self.drawn.push(Shape::Text { at: (x, y), anchor: anchored, text: text.to_owned() });
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        _: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        let letters = u32::try_from(text.chars().count()).unwrap_or_default();
        Ok((letters * LETTER_WIDTH, LETTERS))
    }
}
