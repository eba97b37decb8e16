// Reads an address of the API and decides what to do with each kind of answer.
const { FLEX_FHIR, ACCESS_TOKEN, REQUEST } = process.env;

const response = await fetch(`${FLEX_FHIR}/${REQUEST}`, { headers: { authorization: `Bearer ${ACCESS_TOKEN}` } });
const body = await response.json();
const issue = body.issue?.[0];

function advice() {
  switch (response.status) {
    case 200:
      return body.resourceType;
    case 401: {
      const reason = issue.details.coding[0].code;
      if (reason === 'token_expired') return 'refresh the token and try again';
      if (reason === 'app_suspended') return 'stop and contact support';
      return reason.startsWith('grant_') ? 'ask the member again' : 'check how you send the token';
    }
    case 403:
      return `ask the member for the scope: ${issue.details.text}`;
    case 429:
    case 503:
      return `try again in ${response.headers.get('retry-after')} seconds`;
    default:
      return issue.code;
  }
}
console.log(response.status, advice());
