package headers

import (
	"slices"
	"sync"
)

// language is what headers are recognised by in one language. Lists other than words and required are folded.
type language struct {
	name         string
	regions      []string // the countries whose sheets have such headers, the likeliest first
	twoLastNames bool     // people have two
	required     []string // how a header says that its column has to be filled
	words        []words
	signs        []string // headers of this language only, by which a sheet is told to be in it
	alone        []string // headers that mean a field in this language and another thing in others
	your         []string // what forms put before a field: your name
	asides       []asideWords
	statuses     []string // headers of a status
	numbers      []string // headers that are the number of a house behind a street
	titles       []string // headers that are a salutation here and a job title there
	negations    []string // before a word of contacting: do not mail
	contacting   []string
	fields       []string // words by which a header could be taken for a field
	idle         []string // words that say nothing about what a column holds
	private      []string // words for what is left where another column of the person has the same
	qualifiers   []string // words that tell the phones and e-mail addresses of one person apart
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

// asideWords are the words by which a header is none of a field, and why.
type asideWords struct {
	why   string
	words []string
}

// languages are those that headers are recognised in, the commonest first. A further one is a file and its name here.
var languages = sync.OnceValue(func() []*language {
	return []*language{english(), dutch(), german(), french(), spanish()}
})

// inAnyLanguage reports whether the list of any language has a word.
func inAnyLanguage(word string, list func(*language) []string) bool {
	return slices.ContainsFunc(languages(), func(l *language) bool { return slices.Contains(list(l), word) })
}

// spoken gives the languages of a header row, by words that each belong to one of them.
func spoken(folded []string) []*language {
	return languagesOf(folded, func(l *language) []string { return l.signs })
}

// aloneIn gives the languages of a folded header that means a field in those only, none for a header that means it in all.
func aloneIn(folded string) []*language {
	return languagesOf([]string{folded}, func(l *language) []string { return l.alone })
}

func languagesOf(folded []string, list func(*language) []string) (found []*language) {
	for _, l := range languages() {
		if slices.ContainsFunc(folded, func(f string) bool { return slices.Contains(list(l), f) }) {
			found = append(found, l)
		}
	}
	return found
}

// HaveTwoLastNames reports whether the headers are of a language whose people have two last names.
func HaveTwoLastNames(folded []string) bool {
	return slices.ContainsFunc(spoken(folded), func(l *language) bool { return l.twoLastNames })
}

// Regions are the countries whose languages the headers are in.
func Regions(folded []string) (regions []string) {
	for _, l := range spoken(folded) {
		regions = append(regions, l.regions...)
	}
	return regions
}

// IsForeign reports whether a folded header is a word of other languages only than the header row: "Land" is a country in
// Dutch and German only.
func IsForeign(header string, folded []string) bool {
	of, row := aloneIn(header), spoken(folded)
	return len(of) > 0 && len(row) > 0 && !slices.ContainsFunc(of, func(l *language) bool { return slices.Contains(row, l) })
}
