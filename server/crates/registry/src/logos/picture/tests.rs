//! Files that are not what they seem, and what becomes of those that are.

use image::{ExtendedColorType, Rgba, codecs::webp::WebPEncoder};

use super::*;

/// Two halves: red above, blue below.
fn halves(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(
        width,
        height,
        |_, y| if y < height / 2 { Rgba([255, 0, 0, 255]) } else { Rgba([0, 0, 255, 255]) },
    )
}

fn png(picture: &RgbaImage) -> Vec<u8> {
    encode(picture).unwrap()
}

fn jpeg(picture: &RgbaImage) -> Vec<u8> {
    let mut file = Vec::new();
    let picture = DynamicImage::from(picture.clone()).into_rgb8();
    picture.write_to(&mut Cursor::new(&mut file), ImageFormat::Jpeg).unwrap();
    file
}

fn webp(picture: &RgbaImage) -> Vec<u8> {
    let mut file = Vec::new();
    let encoder = WebPEncoder::new_lossless(&mut file);
    encoder.encode(picture, picture.width(), picture.height(), ExtendedColorType::Rgba8).unwrap();
    file
}

async fn read(content: &[u8]) -> Result<Vec<u8>, Code> {
    Picture::read(content.to_vec()).await.map(|picture| picture.0)
}

async fn kept(content: &[u8]) -> RgbaImage {
    let png = read(content).await.unwrap();
    assert_eq!(image::guess_format(&png).unwrap(), ImageFormat::Png);
    image::load_from_memory(&png).unwrap().into_rgba8()
}

fn contains(content: &[u8], part: &[u8]) -> bool {
    content.windows(part.len()).any(|window| window == part)
}

/// PNG §5.5: CRC-32 of a chunk's type and data.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { (crc >> 1) ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [kind.as_slice(), data].concat();
    [&u32::try_from(data.len()).unwrap().to_be_bytes(), named.as_slice(), &crc(&named).to_be_bytes()].concat()
}

/// The end of the first chunk, which is `IHDR`.
const AFTER_HEADER: usize = 8 + 12 + 13;

/// The same with this size in its header.
fn claiming(png: &[u8], width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes(), &height.to_be_bytes(), &png[24..29]].concat();
    [&png[..8], &chunk(b"IHDR", &header), &png[AFTER_HEADER..]].concat()
}

#[tokio::test]
async fn each_kind_becomes_a_small_png_of_the_same_shape() {
    for file in [png(&halves(600, 300)), jpeg(&halves(600, 300)), webp(&halves(600, 300))] {
        let logo = kept(&file).await;
        assert_eq!(logo.dimensions(), (144, 72));
        let [top, bottom] = [logo.get_pixel(70, 5).0, logo.get_pixel(70, 66).0];
        assert!(200 < top[0] && top[2] < 60 && 200 < bottom[2] && bottom[0] < 60, "{top:?} {bottom:?}");
    }
    assert_eq!(kept(&png(&halves(10, 12))).await.dimensions(), (10, 12), "a small one is not blown up");
    assert_eq!(kept(&png(&halves(2000, 1))).await.dimensions(), (144, 1));
}

#[tokio::test]
async fn what_a_file_is_decides_its_content() {
    let svg = b"<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    assert_eq!(read(svg).await, Err(Code::LogoKind));
    assert_eq!(read(b"<svg onload=\"alert(1)\"/>").await, Err(Code::LogoKind));
    assert_eq!(read(b"GIF89a\x01\0\x01\0\0\0\0;").await, Err(Code::LogoKind));
    assert_eq!(read(b"%PDF-1.7\n").await, Err(Code::LogoKind));
    assert_eq!(read(b"logo").await, Err(Code::LogoKind));
    assert_eq!(read(b"").await, Err(Code::FileEmpty));
    assert_eq!(read(&vec![0; LARGEST + 1]).await, Err(Code::LogoTooLarge));
}

#[tokio::test]
async fn a_file_with_two_meanings_keeps_one() {
    let attack = b"<script>alert(1)</script>PK\x03\x04";
    let text = chunk(b"tEXt", &[b"Comment\0".as_slice(), attack].concat());
    let plain = png(&halves(20, 20));
    let commented = [&plain[..AFTER_HEADER], &text, &plain[AFTER_HEADER..]].concat();
    let appended = [plain.as_slice(), attack].concat();
    let photo = jpeg(&halves(20, 20));
    for file in [commented, appended, [photo.as_slice(), attack].concat()] {
        let logo = read(&file).await.unwrap();
        assert!(contains(&file, attack) && !contains(&logo, b"<script>") && !contains(&logo, b"PK\x03\x04"));
    }
}

#[tokio::test]
async fn a_bomb_is_refused_by_its_header() {
    let small = png(&halves(8, 8));
    for (width, height) in [(50_000, 50_000), (LARGEST_SIDE + 1, 1), (1, u32::MAX / 2)] {
        assert_eq!(read(&claiming(&small, width, height)).await, Err(Code::LogoPixels), "{width} x {height}");
    }
    let mut photo = jpeg(&halves(8, 8));
    let start = photo.windows(2).position(|marker| marker == [0xFF, 0xC0]).unwrap();
    photo[start + 5..start + 9].copy_from_slice(&[0xC3, 0x50, 0xC3, 0x50]);
    assert_eq!(read(&photo).await, Err(Code::LogoPixels));
    assert!(read(&png(&halves(LARGEST_SIDE, 8))).await.is_ok());
}

#[tokio::test]
async fn a_broken_file_is_refused() {
    let whole = png(&RgbaImage::from_fn(64, 64, |x, y| Rgba([(x * 7 + y * 13) as u8, (x * y) as u8, 9, 255])));
    for length in [9, AFTER_HEADER, whole.len() / 2] {
        assert_eq!(read(&whole[..length]).await, Err(Code::LogoBroken), "{length}");
    }
    let photo = jpeg(&halves(64, 64));
    assert_eq!(read(&photo[..20]).await, Err(Code::LogoBroken));
    let picture = webp(&halves(64, 64));
    assert_eq!(read(&picture[..picture.len() - 8]).await, Err(Code::LogoBroken));
    assert_eq!(read(&claiming(&whole, 0, 0)).await, Err(Code::LogoBroken));
}

#[tokio::test]
async fn what_moves_is_refused() {
    let plain = png(&halves(8, 8));
    let control = chunk(b"acTL", &[0, 0, 0, 1, 0, 0, 0, 0]);
    let moving = [&plain[..AFTER_HEADER], &control, &plain[AFTER_HEADER..]].concat();
    assert_eq!(read(&moving).await, Err(Code::LogoMoves));

    let part = |name: &[u8; 4], data: &[u8]| {
        [name.as_slice(), &u32::try_from(data.len()).unwrap().to_le_bytes(), data, &vec![0; data.len() % 2]].concat()
    };
    let frame = [&[0, 0, 0, 0, 0, 0, 7, 0, 0, 7, 0, 0, 10, 0, 0, 0], &webp(&halves(8, 8))[12..]].concat();
    let parts = [
        b"WEBP".to_vec(),
        part(b"VP8X", &[2, 0, 0, 0, 7, 0, 0, 7, 0, 0]),
        part(b"ANIM", &[0; 6]),
        part(b"ANMF", &frame),
        part(b"ANMF", &frame),
    ];
    assert_eq!(read(&part(b"RIFF", &parts.concat())).await, Err(Code::LogoMoves));
}

#[tokio::test]
async fn a_camera_s_notes_turn_the_picture_and_are_gone() {
    let place = b"GPS 43.6150 N";
    // TIFF 6.0: one entry, the orientation: the left side is the top.
    let tiff = [b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0".as_slice(), place].concat();
    let exif = [b"Exif\0\0".as_slice(), &tiff].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let plain = jpeg(&halves(40, 20));
    let file = [&plain[..2], &[0xFF, 0xE1], &length, &exif, &plain[2..]].concat();
    let logo = read(&file).await.unwrap();
    assert!(contains(&file, place) && !contains(&logo, b"GPS") && !contains(&logo, b"Exif"));
    let logo = image::load_from_memory(&logo).unwrap().into_rgba8();
    assert_eq!(logo.dimensions(), (20, 40));
    assert!(200 < logo.get_pixel(18, 20).0[0], "what was above is on the right");
}

#[tokio::test]
async fn a_transparent_pixel_s_color_does_not_shine_through() {
    let picture =
        RgbaImage::from_fn(576, 576, |x, _| if x % 2 == 0 { Rgba([255, 0, 0, 255]) } else { Rgba([0, 255, 0, 0]) });
    let Rgba([red, green, blue, opacity]) = *kept(&png(&picture)).await.get_pixel(70, 70);
    assert!(250 <= red && green == 0 && blue == 0 && (110..150).contains(&opacity), "{red} {green} {blue} {opacity}");
}

#[tokio::test]
async fn even_noise_is_kept_small() {
    let mut state = 1_u32;
    let mut random = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let noise = RgbaImage::from_fn(400, 400, |_, _| Rgba([random(), random(), random(), 255]));
    let logo = read(&png(&noise)).await.unwrap();
    assert!(logo.len() <= SMALL + 1024, "{}", logo.len());
}
