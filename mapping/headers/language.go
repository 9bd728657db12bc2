package headers

import "golang.org/x/text/language/display"

// language is what headers are recognised by in one language. Lists other than words and required are folded.
type language struct {
	name          string
	regions       []string // the countries whose sheets have such headers, the likeliest first
	twoLastNames  bool     // people have two
	required      []string // how a header says that its column has to be filled
	words         []words
	signs         []string // headers of this language only, by which a sheet is told to be in it
	localMeanings []string // headers that mean a field in this language and another thing in others
	ands          []string // between the parts of a header that says several
	your          []string // what forms put before a field: your name
	exclusions    []exclusionWords
	statuses      []string // headers of a status
	numbers       []string // headers that are the number of a house behind a street
	titles        []string // headers that are a salutation here and a job title there
	negations     []string // before a word of contacting: do not mail
	contacting    []string
	fields        []string // words by which a header could be taken for a field
	idle          []string // words that say nothing about what a column holds
	private       []string // words for what is left where another column of the person has the same
	hidden        []string // as they are written: words for what not everybody may see
	qualifiers    []string // words that tell the phones and e-mail addresses of one person apart
	kinds         []string // words of a header of what kind the phones beside it are: type
	fillers       []string // words of a header that say only that it has the thing itself: value, number
	refusals      []string // words of a header under which yes is a no
	phrases       []string // of two words, by which a header is of a refusal: opt out
	grants        []string // of two words, by which it is of a consent: opted in
	latest        []string // words that say when something was, unless the header has one of nameWords
	nameWords     []string
	behindNames   []string // words that say nothing behind another: phone no
	roles         []string // people whom a list can be about: seller
	hosts         []string // of the roles, those whose account a sheet may be from: user
	besides       []string // people in a row beside those
	calling       []string // words of a header of calling codes
	persons       []string // words of a header of the countries that people come from, their languages and ages
	areas         []string // words of a header of area codes
	states        []string // words of a header of states and provinces
	seconds       []string // before a role: one beside the first
	articles      []string // before a role behind a field: Nom du client
	scopes        []scopeWords
	ids           []string // words that say that a column holds ids or keys
	numberEndings []string // ends of words that are a number of what stands before: Telefoonnr

	// What cells are read by.
	countries   func() display.Namer // the names of countries
	yes, no     []string             // in lower case
	nothing     []string             // words that say that nothing is known, in lower case, of 3 to 16 letters
	absent      []string             // abbreviations that say so, in lower case, of up to 9 letters
	errors      []string             // what Excel shows in place of a value, without the inverted marks of Spanish
	salutations []string             // what stands before a name in a cell of its own
	stages      []string             // how far somebody is on the way to a sale
	refused     []string             // by which a person has refused to be mailed or called
	towns       []string             // large ones of countries whose postal codes have four digits, folded
	shortTitles []string             // before a name, that are initials in other languages, folded
	months      [12]string           // whole and cut short, parted by |
}

// words are the headers of a concept, best first; # is a number.
type words struct {
	concept Concept
	group   group
	headers []string
}

// group parts the headers of a concept: those of an earlier group are better, whatever their language.
type group int

const (
	usual group = iota
	later
	mobile
	primary
	mailing
	work
	home
	car
	billing
	other
	last
	groupCount
)

// Scope is the kind of address or phone that a header names, so that an address is never made of two. Of several kinds, the
// least is preferred.
type Scope int

const (
	AnyScope Scope = iota // none in particular
	mailingScope
	workScope
	homeScope
	billingScope
	otherScope
)

func (g group) scope() Scope {
	switch g {
	case mailing:
		return mailingScope
	case work:
		return workScope
	case home:
		return homeScope
	case billing:
		return billingScope
	case other:
		return otherScope
	}
	return AnyScope
}

// scopeWords are the words by which a header is of one kind of address.
type scopeWords struct {
	scope Scope
	words []string
}

// exclusionWords are the words by which a header is none of a field, and why.
type exclusionWords struct {
	why   string
	words []string
}
