//! Files that were sent with messages: taken from a form, and found again for those who may read them.

use model::{
    form::{Code, field::Field as _},
    id::AttachmentId,
    text::Paragraph,
};
use registry::attachments::{self, Attachment, MOST, Upload};

pub use crate::components::versions::Reader;
use crate::{admin::desk::Desk, failure::Failure, form::flash::Error, owner::vendor::Vendor, web::Web};

/// The input of a message's files.
pub const FIELD: &str = "files";

/// The files that were sent in [`FIELD`], each checked by its content.
fn sent(web: &Web) -> Result<Vec<Upload>, Vec<Error>> {
    let files: Vec<_> = web.request.files.iter().filter(|file| file.field == FIELD).collect();
    if MOST < files.len() {
        return Err(vec![Error::new(FIELD, Code::TooManyFiles)]);
    }
    let read = |file: &&crate::web::request::Uploaded| Upload::read(&file.name, file.content.clone());
    files.iter().map(read).collect::<Result<_, _>>().map_err(|code| vec![Error::new(FIELD, code)])
}

/// What was typed into this field, and the files that were sent with it; or what is wrong with each.
pub fn message(web: &Web, field: &str, text: &str) -> Result<(Paragraph, Vec<Upload>), Vec<Error>> {
    match (Paragraph::read(text), sent(web)) {
        (Ok(text), Ok(files)) => Ok((text, files)),
        (text, files) => {
            let text = text.err().map(|code| Error::new(field, code));
            Err(text.into_iter().chain(files.err().unwrap_or_default()).collect())
        }
    }
}

/// The file of the address, for its organization's people or for the staff. Others' files are not found.
pub async fn find(web: &Web, reader: Reader) -> Result<(Attachment, Vec<u8>), Failure> {
    let id = AttachmentId::new(web.request.param("id")?);
    match reader {
        Reader::Vendor => {
            let vendor = Vendor::enter(web).await?;
            let member = vendor.member()?.1;
            Ok(attachments::get(&mut web.services.store.read().await?, member, &id).await?)
        }
        Reader::Staff => {
            let desk = Desk::enter(web).await?;
            let mut ctx = web.services.store.read().await?;
            let (subject, file) = attachments::get_any(&mut ctx, &id).await?;
            desk.require(&mut ctx, &subject).await?;
            Ok(file)
        }
    }
}
