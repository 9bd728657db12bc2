package people

import (
	"slices"
	"strings"

	"crmferry/internal/crm"
	"crmferry/mapping/cells"
)

// Known is what a contact can be asked for by.
type Known struct {
	Person
	IDs []string // the vendor's, of the contact and of what it belongs to; "" for none
}

// FromKey is what a key as reports show it says of a contact: an address, a phone with a name, or an id.
func FromKey(key string) Known {
	word, rest, _ := strings.Cut(key, " ")
	k := Known{Person: Person{Emails: []string{word}}, IDs: []string{word}}
	if rest != "" && crm.Digits(word) == word {
		k.Phones, k.Full, k.IDs = []string{word}, rest, nil
	}
	return k
}

// Kinds of marks.
const (
	emailMark = "e"
	phoneMark = "p"
	nameMark  = "n"
	idMark    = "i"
)

// Marks are the words under which an index holds the contact: one for each address, phone and id, and one for its name.
// Who is meant by a Question has one of its marks. The reverse is not so: of a phone, a mark has just the last digits.
func (k Known) Marks() []string {
	marks := make([]string, 0, 4)
	add := func(kind, v string) {
		if mark := kind + v; v != "" && !slices.Contains(marks, mark) {
			marks = append(marks, mark)
		}
	}
	for _, e := range k.Emails {
		add(emailMark, emailForm(e))
	}
	for _, n := range k.Phones {
		add(phoneMark, phoneForm(n))
	}
	add(nameMark, nameForm(k.Name()))
	for _, title := range k.titles() {
		add(nameMark, title)
	}
	for _, id := range k.IDs {
		add(idMark, id)
	}
	return marks
}

// longestTitle is how long a text is, in bytes, by which a record is asked for: longer ones are what it says.
const longestTitle = 250

// titles are the short texts that a record is known by beside, as names are compared.
func (k Known) titles() (titles []string) {
	for _, t := range k.Others {
		if form := nameForm(t); form != "" && len(t) <= longestTitle {
			titles = append(titles, form)
		}
	}
	return titles
}

func emailForm(v string) string { return crm.Fold(v) }

func nameForm(v string) string { return strings.Join(cells.NameWords(v), " ") }

// CommonDigits is how many digits at their ends two numbers have in common that cells.LikePhone takes for the same, shorter ones
// but for zeros all of theirs.
const CommonDigits = 7

func phoneForm(v string) string {
	digits := strings.TrimLeft(crm.Digits(v), "0")
	return digits[max(0, len(digits)-CommonDigits):]
}

// Question is a text by which somebody asks for contacts. It may be an address, a phone, a whole name or an id: whatever its
// form allows for.
type Question struct {
	email, phone, name, id string // as it may be meant, "" if it cannot be
}

// Ask makes a question of a text. A text that says nothing asks for nobody.
func Ask(text string) Question {
	text = cells.PlainText(text)
	if nameForm(text) == "" { // neither letter nor digit
		return Question{}
	}
	q := Question{name: text}
	if strings.Contains(text, "@") {
		q.email, q.name = text, ""
	}
	if isPhone(text) {
		q.phone, q.name = text, ""
	}
	if !strings.ContainsAny(text, " \t\n") {
		q.id = text
	}
	if strings.HasPrefix(text, "/") { // the address of a record, which ends in its id
		q.id = text[strings.LastIndexByte(text, '/')+1:]
	}
	return q
}

// isPhone reports whether a text has the form of a phone number.
func isPhone(text string) bool {
	const fewest = 5
	return len(crm.Digits(text)) >= fewest && strings.Trim(text, "0123456789+-()./ \u00a0") == "" && phoneForm(text) != ""
}

// Marks are those under which an index may hold who is meant.
func (q Question) Marks() []string {
	return Known{Person{Full: q.name, Emails: []string{q.email}, Phones: []string{q.phone}}, []string{q.id}}.Marks()
}

// Means reports whether a contact is meant: it has the address, in letters of either case, a phone with these digits, with or
// without the code of its country, a name of the same words, in any order, without accents, or the id.
func (q Question) Means(k Known) bool {
	return q.id != "" && slices.Contains(k.IDs, q.id) ||
		q.email != "" && slices.ContainsFunc(k.Emails, func(e string) bool { return cells.SameEmail(e, q.email) }) ||
		q.phone != "" && slices.ContainsFunc(k.Phones, func(n string) bool { return phoneForm(n) != "" && cells.LikePhone(n, q.phone) }) ||
		nameForm(q.name) != "" && (cells.SameName(k.Name(), q.name) || slices.Contains(k.titles(), nameForm(q.name)))
}

// ID is the id that may be meant, "" if none.
func (q Question) ID() string { return q.id }

// Texts are the address, the phone and the name that may be meant, "" for what cannot be.
func (q Question) Texts() (email, phone, name string) { return q.email, q.phone, q.name }
