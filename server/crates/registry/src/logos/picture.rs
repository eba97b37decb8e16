//! From the file that a vendor sent to the picture that we keep.

use std::io::Cursor;

use image::{
    DynamicImage, ImageDecoder, ImageEncoder as _, ImageError, ImageFormat, ImageResult, Limits, RgbaImage,
    codecs::{
        jpeg::JpegDecoder,
        png::{CompressionType, FilterType as Filter, PngDecoder, PngEncoder},
        webp::WebPDecoder,
    },
    imageops::{self, FilterType},
};
use model::form::Code;
use tokio::{sync::Semaphore, task::spawn_blocking};

/// Of the sent file, in bytes.
pub const LARGEST: usize = 1024 * 1024;
/// Of the sent picture, in pixels a side. A decoder needs up to 8 bytes for each.
const LARGEST_SIDE: u32 = 2048;
const LARGEST_MEMORY: u64 = 8 * LARGEST_SIDE as u64 * LARGEST_SIDE as u64;
/// Of the kept one: the largest of these that makes a small file. Pages show it in 48 CSS pixels, on screens with up to three
/// times as many.
const SIDES: [u32; 4] = [144, 120, 96, 64];
/// Of the kept file, in bytes: the consent page is light also with a logo.
const SMALL: usize = 16 * 1024;
/// How many are decoded at once, so that many large pictures neither fill the memory nor take every core.
static PLACES: Semaphore = Semaphore::const_new(2);

/// A picture as we keep it: PNG, [`SIDES`] at most, without metadata.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture(Vec<u8>);

impl Picture {
    /// Reads what was sent, on a thread of its own. [`Code::FileEmpty`], [`Code::LogoTooLarge`], [`Code::LogoKind`] if it is neither
    /// PNG nor JPEG nor WebP, [`Code::LogoPixels`], [`Code::LogoMoves`], or [`Code::LogoBroken`].
    pub async fn read(content: Vec<u8>) -> Result<Self, Code> {
        if content.is_empty() {
            return Err(Code::FileEmpty);
        }
        if LARGEST < content.len() {
            return Err(Code::LogoTooLarge);
        }
        let _place = PLACES.acquire().await;
        // A decoder that panics has found a file that no one should see.
        spawn_blocking(move || redraw(&content)).await.unwrap_or(Err(Code::LogoBroken))
    }

    pub fn png(&self) -> &[u8] {
        &self.0
    }
}

impl std::fmt::Debug for Picture {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Picture").field("size", &self.0.len()).finish()
    }
}

fn redraw(content: &[u8]) -> Result<Picture, Code> {
    let picture = decode(content)?.into_rgba8();
    let mut png = Vec::new();
    for side in SIDES {
        png = encode(&fit(&picture, side)).map_err(|_| Code::LogoBroken)?;
        if png.len() <= SMALL {
            break;
        }
    }
    Ok(Picture(png))
}

/// Decodes the file as what its first bytes say that it is, never by its name.
fn decode(content: &[u8]) -> Result<DynamicImage, Code> {
    let file = || Cursor::new(content);
    match image::guess_format(content) {
        Ok(ImageFormat::Png) => {
            let decoder = PngDecoder::with_limits(file(), limits()).map_err(problem)?;
            if decoder.is_apng().map_err(problem)? { Err(Code::LogoMoves) } else { still(decoder) }
        }
        Ok(ImageFormat::Jpeg) => still(JpegDecoder::new(file()).map_err(problem)?),
        Ok(ImageFormat::WebP) => {
            let decoder = WebPDecoder::new(file()).map_err(problem)?;
            if decoder.has_animation() { Err(Code::LogoMoves) } else { still(decoder) }
        }
        _ => Err(Code::LogoKind),
    }
}

/// The pixels, turned as the camera held them: what says so is dropped with all other metadata.
fn still(mut decoder: impl ImageDecoder) -> Result<DynamicImage, Code> {
    decoder.set_limits(limits()).map_err(problem)?;
    let orientation = decoder.orientation().map_err(problem)?;
    let mut picture = DynamicImage::from_decoder(decoder).map_err(problem)?;
    picture.apply_orientation(orientation);
    Ok(picture)
}

fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST_SIDE);
    limits.max_image_height = Some(LARGEST_SIDE);
    limits.max_alloc = Some(LARGEST_MEMORY);
    limits
}

#[expect(clippy::needless_pass_by_value, reason = "called by map_err")]
fn problem(error: ImageError) -> Code {
    match error {
        ImageError::Limits(_) => Code::LogoPixels,
        _ => Code::LogoBroken,
    }
}

/// The picture within a square of this side; never larger than it was.
fn fit(picture: &RgbaImage, side: u32) -> RgbaImage {
    let (width, height) = picture.dimensions();
    let longest = width.max(height);
    if longest <= side {
        return picture.clone();
    }
    let scaled =
        |length: u32| u32::try_from(u64::from(length) * u64::from(side) / u64::from(longest)).unwrap_or(side).max(1);
    let small = imageops::resize(&multiplied(picture), scaled(width), scaled(height), FilterType::Triangle);
    divided(small)
}

/// Colors times their opacity: a transparent pixel's color must not shine through when pixels are mixed.
fn multiplied(picture: &RgbaImage) -> RgbaImage {
    each(picture.clone(), |color, opacity| u16::from(color) * u16::from(opacity) / 255)
}

fn divided(picture: RgbaImage) -> RgbaImage {
    each(picture, |color, opacity| (u16::from(color) * 255).checked_div(opacity.into()).unwrap_or(0))
}

fn each(mut picture: RgbaImage, change: impl Fn(u8, u8) -> u16) -> RgbaImage {
    for pixel in picture.pixels_mut() {
        let [red, green, blue, opacity] = pixel.0;
        let color = |color| u8::try_from(change(color, opacity)).unwrap_or(u8::MAX);
        pixel.0 = [color(red), color(green), color(blue), opacity];
    }
    picture
}

fn encode(picture: &RgbaImage) -> ImageResult<Vec<u8>> {
    let mut png = Vec::new();
    let encoder = PngEncoder::new_with_quality(&mut png, CompressionType::Best, Filter::Adaptive);
    encoder.write_image(picture, picture.width(), picture.height(), image::ExtendedColorType::Rgba8)?;
    Ok(png)
}

#[cfg(test)]
mod tests;
