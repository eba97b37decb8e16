//! The quick start. The brackets are links, or what a button or a person is called.

use model::texts;

texts! {
    intro(steps) =
        "In five minutes and {steps} steps, you run a small program that signs a test member in and reads the member's record. You do \
         not have to register an app. All data is made up.";
    NEEDS =
        "You need an email address, a browser, and a terminal with curl and Node.js 18 or later. Python works too: see below.";

    STEPS = "Steps";
    CREATE_ID = "[Create a Healthcare ID]. Anyone can have one.";
    CONFIRM = "Open the email that we send you, follow its link, and choose [Confirm].";
    RUN = "Paste these two lines into the terminal. They get the program and start it:";
    OPEN = "Open the address that the program prints, in the same browser. Sign in if the page asks you to.";
    choose_payer(payer) = "Choose the health plan [{payer}] and then [Continue].";
    choose_member(member) = "You may be any test member. Find [{member}] and choose [Choose].";
    ALLOW = "This page is what members see. Choose [Allow].";
    SEE = "Go back to the terminal. It shows the member and the first claims, and begins like this:";

    IN_PYTHON = "The same in Python";
    ABOUT_PYTHON = "Run these two lines in the third step. You do not need any package.";

    WHAT_HAPPENED = "What happened";
    FLOW =
        "The program made a secret for this one request, and sent your browser to the authorization server with its hash (PKCE). You \
         signed in and allowed access. The server sent your browser back to the program with a code. The program exchanged the code \
         and its secret for an access token, and read the API with it.";
    client(id) =
        "The client {id} is public, works in the sandbox only, and returns to http://127.0.0.1 on any port. Use it to try things, and \
         register your own app when you build one.";

    NEXT = "Go on";
    READ_SAMPLES = "See [code samples] for each step in four languages.";
    READ_ERRORS = "See [what each error means].";
    REGISTER = "[Register your organization and your app] to test with your own client.";
}
