//! What is wrong with an entry, and what to do about it.

use model::{form::Code, sentences};

sentences! {
    /// Beneath an input, and in the summary above the form. What vendors and administrators alone can meet is in English.
    pub(crate) error(Code) {
        // Any form
        Required = "Enter an answer.", "Escriba una respuesta.";
        TooShort = "Enter at least two characters.", "Escriba al menos dos caracteres.";
        TooLong = "This text is too long. Shorten it.", "Este texto es demasiado largo. Acórtelo.";
        TooVague = "Say a little more: at least 10 characters.", "Diga un poco más: al menos 10 caracteres.";
        NotAChoice = "Choose one of the answers on the page.", "Elija una de las respuestas de la página.";
        MustAgree = "Agree to the terms and conditions to continue.", "Acepte los términos y condiciones para continuar.";
        ControlCharacter = "Write this on one line, without control characters.", "Escriba esto en una sola línea, sin caracteres de control.";
        Markup = "Remove the characters < and >.", "Quite los caracteres < y >.";
        HiddenCharacter =
            "This contains invisible characters. Please retype it.",
            "Esto contiene caracteres invisibles. Escríbalo de nuevo.";
        NotAName = "Enter a name with at least one letter or digit.", "Escriba un nombre con al menos una letra o cifra.";

        // Names of organizations and apps
        LookAlike =
            "This name is too similar to the name of another organization's app. Choose a name that members cannot confuse with it.";
        Reserved =
            "This name contains, or looks like, the name of a health plan or of this service, so members could confuse the two. \
             Choose another name. If you have the right to use this one, contact our support team.";
        Blocked =
            "This belongs to an app that an administrator has blocked. You cannot register it again while the app is blocked.";
        SchemeTaken =
            "Another organization's app already uses this scheme. Use a domain name that you own, in reverse order, such as \
             com.example.app.";
        NothingToUse =
            "In production, a public client needs patient access: without a secret it cannot get a token for the directory. \
             Choose a confidential client, or add patient access. You can read the directory without a token.";

        // Contact details
        NotAnEmail =
            "Enter an email address in the format name@example.com.",
            "Escriba un correo electrónico con el formato nombre@example.com.";
        DigitsOnly = "Enter digits only.";
        NotAUsPhone = "Enter a US phone number with ten digits.";
        NotAnInternationalPhone = "Enter the country code and the number: 7 to 15 digits, without a leading 0.";
        NotAnEin = "Enter two digits, a hyphen, and seven digits, such as 12-3456789.";
        NotABusinessId = "Use only letters, digits, spaces, and - . / with at least one digit.";
        NotACountry = "Choose a country from the list.";
        NotAState = "Enter the two letters of a US state, such as ID.";
        NotAZipCode = "Enter a ZIP Code such as 94612 or 94612-1234.";

        // Web addresses
        NotAUrl = "Enter a web address such as https://www.example.com/privacy.";
        NotHttps = "Enter an address that begins with https://.";
        UserInfo = "Remove the user name and password from the address.";
        NotAPublicHost = "Enter an address on a public website, so that members can open it.";
        NotAbsolute =
            "Enter the full address with its scheme, such as https://app.example.com/callback or com.example.app://callback.";
        ForbiddenScheme =
            "You cannot use this scheme. Use https://, or a scheme of your own such as com.example.app://.";
        NotReverseDomain = "Write the scheme as your domain name in reverse order, such as com.example.app://callback.";
        NoSlash = "Write :/ or :// after the scheme, such as com.example.app://callback.";
        LoopbackInSandboxOnly = "You can use an http:// address only in the sandbox, and only for 127.0.0.1 or [::1]. Use https://.";
        Fragment = "Remove the # and everything after it.";
        Wildcard = "Remove the *. The address must match exactly.";
        UriCharacter = "Percent-encode spaces, quotes, backslashes, and characters outside ASCII.";
        DotSegment = "Remove /./ and /../ from the address.";
        NotNormal = "Write the host in lower case, and remove the port if it is the default one.";
        ReservedParameter = "Remove code, state, iss, and error from the address. We add them to the answer.";
        SandboxNeedsPatient = "The sandbox is for apps with patient access. Add patient access, or choose production.";

        // Public keys
        NotAJwks =
            "Paste a JSON Web Key Set: {\"keys\": [ … ]} with at least one key. We do not show your last entry again, because it \
             may have been private.";
        PrivateKey =
            "This contains a private or symmetric key, which must never leave your servers. Stop using it, create a new key \
             pair, and register the new public key.";
        WeakKey = "This contains an RSA key shorter than 2048 bits. Create a longer key.";
        NotASigningKey =
            "Use public signing keys only: RSA, or EC on P-256 or P-384, for RS256, RS384, ES256, or ES384.";
        MalformedKey = "Part of a key is missing or does not follow RFC 7518. Export the key set again.";
        KeyIdNeeded = "Give each key its own \"kid\", so that a signature can name it.";
        Fixed = "You cannot change this after registration. Register the app again instead.";

        // Whole forms
        FormGone =
            "We no longer have what you typed. Please fill in the form again.",
            "Ya no tenemos lo que escribió. Complete el formulario de nuevo.";
        Changed =
            "Someone changed this after you opened the page. Check the current values, then send your change again.",
            "Alguien cambió esto después de que usted abrió la página. Revise los datos actuales y envíe su cambio otra vez.";
        DraftChanged =
            "Another tab or device saved this draft after you opened this page. Nothing you typed is lost.";
        OnTeam = "This person is already on the team.";
        Invited = "You have already invited this address. You can send the invitation again in the list below.";
        TooManyInvitations =
            "Too many invitations are waiting, or this one was sent too often. Withdraw one, or ask your colleague to check their \
             spam folder.";
        TooManyDrafts = "You have too many drafts. Delete one on the applications page, then continue.";
        TooManyOrganizations = "Your Healthcare ID belongs to too many organizations. Leave one first.";
        OtherAddress = "Check the box to join with this Healthcare ID.";
        LastOwner = "The organization needs at least one owner. Make another member an owner first.";
        OwnerAlready = "This person is already an owner of the organization.";
        NotAnAccount = "We do not know this Healthcare ID or email address. Ask the person to create a Healthcare ID first.";
        TooManyAttempts =
            "There have been too many attempts. Wait a few minutes, then try again.",
            "Hubo demasiados intentos. Espere unos minutos e inténtelo de nuevo.";

        // Files
        FileEmpty = "This file is empty. Choose another one.";
        FileTooLarge = "This file is larger than 10 MB. Choose a smaller one.";
        FileKind = "We accept PDF, PNG, JPEG, GIF, WebP, and plain text files. Choose a file of such a kind.";
        TooManyFiles = "Send up to 5 files with one message.";
        LogoTooLarge = "This picture is larger than 1 MB. Choose a smaller one.";
        LogoKind = "Choose a PNG, JPEG, or WebP picture. We do not accept SVG, because it can contain programs.";
        LogoPixels = "This picture has too many pixels. Use at most 2,048 in width and in height.";
        LogoMoves = "This picture moves. Choose one that does not.";
        LogoBroken = "We could not read this picture. Save it again as PNG, JPEG, or WebP, then choose it once more.";
        LogoGone = "We no longer have this logo. Choose the picture again.";

        // Decisions of reviewers, secrets
        TwoLiveSecrets = "Two secrets already work. End one of them first, or choose \"Ends now\".";
        CriterionNeeded = "Choose the criterion for the denial.";
        CommentNeeded = "Enter a comment. The owner will read it.";
        ReasonNeeded =
            "This organization resembles another one, listed above. To approve it, explain in the comment why they are different.";
        OwnDecision = "You made the decision that this appeal is about, so another reviewer has to decide.";
        SecondPerson = "You gave the first of two approvals, so another reviewer has to give the second.";
        NameInUse = "A criterion in use already has this name.";
        UnderAppeal =
            "You appealed the decision on this. To change it, withdraw your appeal first, or wait for our answer.";
        ClaimedByOther = "Another reviewer is working on this. Take over the review first, or leave it to them.";
        NotPermitted = "This is no longer possible because the status has changed. Reload the page to see the current status.";

        // People, Healthcare IDs
        NameCharacters =
            "Enter a name with letters and without invisible characters.",
            "Escriba un nombre con letras y sin caracteres invisibles.";
        EmailUnverified =
            "Confirm your email address first. Open the link that we sent you.",
            "Confirme primero su correo electrónico. Abra el enlace que le enviamos.";
        HealthcareIdLength = "Use 6 to 50 characters.", "Use de 6 a 50 caracteres.";
        HealthcareIdCharacters =
            "Use letters a to z and digits. Between them you can use single dots, hyphens, or underscores.",
            "Use letras de la a a la z y números. Entre ellos puede usar un punto, un guion o un guion bajo.";
        HealthcareIdTaken =
            "Someone else already has this Healthcare ID. Choose another one.",
            "Otra persona ya tiene este Healthcare ID. Elija otro.";
        PasswordTooShort = "Use at least 12 characters.", "Use al menos 12 caracteres.";
        PasswordTooLong = "Use 128 characters or fewer.", "Use 128 caracteres como máximo.";
        PasswordCommon = "This password is easy to guess. Choose another one.", "Esta contraseña es fácil de adivinar. Elija otra.";
        PasswordContainsName =
            "Choose a password that does not contain your Healthcare ID, name, or email address.",
            "Elija una contraseña que no contenga su Healthcare ID, su nombre ni su correo electrónico.";
        PasswordWrong =
            "This is not your current password. Try again.",
            "Esta no es su contraseña actual. Inténtelo de nuevo.";
        SignInFailed =
            "Your ID, email address, or password is incorrect. Check them and try again.",
            "El ID, el correo electrónico o la contraseña no son correctos. Revíselos e inténtelo de nuevo.";
        SignInExpired =
            "It has been too long since you entered your password. Sign in again.",
            "Pasó demasiado tiempo desde que escribió su contraseña. Inicie sesión de nuevo.";

        // Second factors
        CodeWrong =
            "That code is not valid or has already been used. Enter the code that your app shows now.",
            "Ese código no es válido o ya se usó. Escriba el que su aplicación muestra ahora.";
        RecoveryCodeWrong =
            "That recovery code is not valid or has already been used.",
            "Ese código de recuperación no es válido o ya se usó.";
        PasskeyWrong =
            "We could not accept this passkey. Try again, or sign in another way.",
            "No pudimos aceptar esta llave de acceso. Inténtelo de nuevo o use otra forma.";
        PasskeyCopied =
            "We did not accept this passkey because someone may have copied it. Sign in another way, then remove the passkey.",
            "No aceptamos esta llave de acceso porque alguien podría haberla copiado. Use otra forma y después elimínela.";
        PasskeyExpired =
            "It took too long to use your passkey. Try again.",
            "Pasó demasiado tiempo antes de que usara su llave de acceso. Inténtelo de nuevo.";
        PasskeyTaken =
            "This passkey is already in use. Choose another device.",
            "Esta llave de acceso ya está en uso. Elija otro dispositivo.";
        TooManyPasskeys =
            "You already have ten passkeys. Remove one that you no longer use.",
            "Ya tiene diez llaves de acceso. Elimine una que ya no use.";
        NoPasskeysHere =
            "Passkeys do not work at this web address. Use an authenticator app instead.",
            "Las llaves de acceso no funcionan en esta dirección. Use una aplicación de autenticación.";
        EnrolmentExpired =
            "It took too long to finish. Start again.",
            "Pasó demasiado tiempo. Empiece de nuevo.";

        // Members, consent
        DateInvalid =
            "Enter a date with a month, a day, and a year of four digits.",
            "Escriba una fecha con mes, día y un año de cuatro cifras.";
        MomentInvalid = "Enter a day and a time, such as 2026-12-01 09:00.";
        EndBeforeStart = "Enter an end after the start.";
        InThePast = "Enter a time in the future.";
        InTheFuture = "Enter a time in the past, or leave this empty if it begins now. To announce planned work, post a bulletin.";
        SpanishMissing = "Enter the Spanish text too: members and the public read it.";
        MemberNotFound =
            "We could not find a member with this ID, date of birth, and last name. Check your member card and try again.",
            "No encontramos a nadie con ese ID, fecha de nacimiento y apellido. Revise su tarjeta de miembro e inténtelo de nuevo.";
        MemberNoAddress =
            "Your health plan does not have an email address for you, so we cannot send you a code. Ask your plan to add one.",
            "Su plan de salud no tiene un correo electrónico suyo, así que no podemos enviarle un código. Pida a su plan que lo agregue.";
        MemberNoWay =
            "Your health plan does not have an email address, phone number, or postal address for you, so we cannot send you a \
             code. Ask your plan to add one.",
            "Su plan de salud no tiene correo electrónico, teléfono ni dirección postal suyos, así que no podemos enviarle un \
             código. Pida a su plan que agregue uno.";
        MemberGone =
            "Your health plan's records no longer include you, so we did not link your Healthcare ID. Contact your plan.",
            "Los datos de su plan de salud ya no le incluyen, así que no vinculamos su Healthcare ID. Llame a su plan.";
        MemberLetterWait =
            "We cannot send another letter yet. Wait for the first one, or choose another way if you have one.",
            "Todavía no podemos enviar otra carta. Espere la primera o elija otra forma, si la hay.";
        MemberCodeNotSent =
            "We could not send the code. Try again in a few minutes.",
            "No pudimos enviar el código. Inténtelo de nuevo en unos minutos.";
        MemberCodeWrong =
            "That code is not correct. Check it, or ask for another one.",
            "Ese código no es correcto. Revíselo o pida otro.";
        MemberCodeEnded =
            "That code no longer works. Enter the details from your card again to get a new one.",
            "Ese código ya no funciona. Escriba otra vez los datos de su tarjeta para recibir otro.";
        LinkedToAnother =
            "This Healthcare ID belongs to another member of this plan. Sign in with your own.",
            "Este Healthcare ID pertenece a otro miembro de este plan. Inicie sesión con el suyo.";

        // Who may act for a member: to administrators
        LastAdministrator = "This is the last administrator. Make another person an administrator first.";
        ProgramNeeded = "Choose at least one program, or choose all programs.";
        NoSuchAccount =
            "We could not find a Healthcare ID with this name or confirmed email address. The person must sign up first.";
        NoSuchPatient = "We could not find one member of this payer with this ID. Check it and try again.";
        NoSuchPerson = "We could not find a Healthcare ID with this name or confirmed email address.";
        NoSuchMember =
            "We could not find a member of this plan with this member ID and date of birth. Check both and try again.";
        OwnAccount = "You cannot let your own account act for a member. Ask another administrator.";
        OwnRecord = "This Healthcare ID is linked to this member, so it does not need to act for them.";
        ActsAlready = "This Healthcare ID may already act for this member. End that first to change it.";
        DayTooEarly = "Enter a day that is not in the past and not before the first day.";
        DayTooLate = "Enter a day within the next 20 years.";
        Unknown =
            "We could not read this. Check it and try again.",
            "No pudimos leer esto. Revíselo e inténtelo de nuevo.";
    }
}
