//! A QR code as part of the page: one path, no image to fetch, nothing for the content policy to refuse.

use leptos::prelude::*;
use qrcodegen::{QrCode as Matrix, QrCodeEcc};

/// The light frame that scanners need (ISO/IEC 18004 §9.1).
const FRAME: i32 = 4;

/// Nothing where the text is too long for a QR code; the page has the text for typing beside it.
#[component]
pub fn QrCode(text: String, label: &'static str) -> impl IntoView {
    let matrix = Matrix::encode_text(&text, QrCodeEcc::Medium).ok();
    matrix.map(|matrix| {
        let (start, side) = (-FRAME, matrix.size() + 2 * FRAME);
        // Dark on light whatever the colors of the page: many scanners read nothing else.
        view! {
            <svg class="qr" role="img" aria-label=label viewBox=format!("{start} {start} {side} {side}") shape-rendering="crispEdges">
                <rect x=start y=start width=side height=side fill="#fff" />
                <path d=path(&matrix) fill="#000" />
            </svg>
        }
    })
}

/// Each row's dark runs, as rectangles one module high.
fn path(matrix: &Matrix) -> String {
    let mut path = String::new();
    for y in 0..matrix.size() {
        let mut x = 0;
        while x < matrix.size() {
            let run = (x..matrix.size()).take_while(|&x| matrix.get_module(x, y)).count();
            if 0 < run {
                path.push_str(&format!("M{x} {y}h{run}v1h-{run}z"));
            }
            x += i32::try_from(run).unwrap_or(0) + 1;
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads the path back: whatever is drawn is what the matrix says, module by module.
    #[test]
    fn what_is_drawn_is_the_matrix() {
        let matrix = Matrix::encode_text("otpauth://totp/FLEX:ada?secret=GEZDGNBVGY3TQOJQ", QrCodeEcc::Medium).unwrap();
        let drawn: Vec<(i32, i32)> = path(&matrix).split_terminator('z').flat_map(modules).collect();
        for y in 0..matrix.size() {
            for x in 0..matrix.size() {
                assert_eq!(drawn.contains(&(x, y)), matrix.get_module(x, y), "{x} {y}");
            }
        }
        assert_eq!(drawn[..7], [(0, 0), (1, 0), (2, 0), (3, 0), (4, 0), (5, 0), (6, 0)], "the first finder pattern");
    }

    fn modules(rectangle: &str) -> Vec<(i32, i32)> {
        let (corner, rest) = rectangle.trim_start_matches('M').split_once('h').unwrap();
        let (x, y) = corner.split_once(' ').unwrap();
        let (x, y): (i32, i32) = (x.parse().unwrap(), y.parse().unwrap());
        let run: i32 = rest.split('v').next().unwrap().parse().unwrap();
        (x..x + run).map(|x| (x, y)).collect()
    }
}
