package mapping

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// kind is something that cells look like, which a column can be told by.
type kind int

const (
	emailCells kind = iota
	answerCells
	webCells
	dateCells
	phoneCells
	amountCells
	stageCells
	stateCells
	kindCount
)

// what names the cells of a kind.
func (k kind) what() string {
	return [kindCount]string{emailCells: "e-mail addresses", answerCells: "yes or no", webCells: "addresses of web pages", dateCells: "dates",
		phoneCells: "phone numbers", amountCells: "numbers", stageCells: "stages of a sale", stateCells: "states of the USA"}[k]
}

// looks is what cells of a kind look like.
func (k kind) looks() func(string) bool {
	return [kindCount]func(string) bool{emailCells: cells.LooksEmail, answerCells: cells.LooksYesNo, webCells: cells.LooksURL, dateCells: cells.LooksDate,
		phoneCells: cells.LooksPhone, amountCells: cells.LooksNumber, stageCells: cells.LooksStage, stateCells: cells.LooksUSState}[k]
}

// cannotHold lists the kinds of cells that cannot be under a header of a concept, in the order in which they are tried.
func cannotHold(c headers.Concept) []kind {
	switch c {
	case headers.FirstName, headers.MiddleName, headers.Infix, headers.LastName, headers.FullName, headers.Salutation, headers.Initials, headers.Job, headers.Street, headers.City:
		return []kind{emailCells, answerCells, webCells, dateCells, phoneCells, amountCells}
	case headers.Email:
		return []kind{answerCells, webCells, dateCells, phoneCells, amountCells}
	case headers.Phone, headers.Tags, headers.Segments:
		return []kind{emailCells, answerCells, webCells, dateCells}
	case headers.Company, headers.Customer:
		return []kind{emailCells, answerCells, webCells, dateCells, phoneCells}
	case headers.State, headers.Country:
		return []kind{emailCells, answerCells, webCells, dateCells, phoneCells, amountCells, stageCells}
	case headers.Zip:
		return []kind{emailCells, answerCells, webCells, dateCells, stageCells}
	case headers.Source:
		return []kind{emailCells, dateCells, phoneCells}
	case headers.Stage:
		return []kind{emailCells, webCells, dateCells, phoneCells, stateCells}
	case headers.Price, headers.ArchiveDate:
		return []kind{emailCells, answerCells, webCells, stateCells}
	case headers.CustomerNumber, headers.LinkedIn:
		return []kind{emailCells, answerCells, dateCells}
	}
	return nil
}

// contradicted sets aside the columns whose cells are not what their headers say.
func (w *matcher[C]) contradicted() {
	for i := range w.meaning {
		m := &w.meaning[i]
		called := w.called(i)
		if w.m.own || w.explicit[i] != nil || m.aside != "" || m.doubt != "" || called == "" {
			continue
		}
		if why := w.contradiction(i); why != "" {
			m.wrong = "its header says " + called + ", but " + why
		}
	}
}

// contradiction says what the cells of a column are that its header does not allow, "" if they may be what it says.
func (w *matcher[C]) contradiction(i int) string {
	c, m := w.column(i), &w.meaning[i]
	if c == nil {
		return ""
	}
	if m.field >= 0 && w.t.Fields[m.field].Type == "yes/no" && m.how != "name" {
		if c.Share(cells.SaysYesOrNo) < 0.5 {
			return "few of its cells are yes or no"
		}
	}
	means := w.means(i)
	if c.Counted < 2 || means == headers.Email && m.field >= 0 && w.t.Fields[m.field].Link != "" {
		return ""
	}
	for _, k := range cannotHold(means) {
		isID := k == phoneCells && m.field >= 0 && w.t.Fields[m.field].Link != "" // long digits are no phoneCells there
		if isID {
			continue
		}
		if share := c.Share(k.looks()); share >= 0.8 && c.Share(looks(means)) < 0.2 {
			return cells.CellsAre(share, k.what())
		}
	}
	if why := c.Lacks(means); why != "" {
		return why
	}
	at := m.field
	if at < 0 || !w.t.Fields[at].Writable {
		at = w.fieldOf(m.concept)
	}
	return w.hardlyTakes(at, c)
}

// hardlyTakes says that a field of few values would take hardly a cell of a column, so that nearly every row would be
// rejected; "" otherwise. The user may have other values for the cells.
func (w *matcher[C]) hardlyTakes(field int, c *cells.ColumnProfile) string {
	if field < 0 || !w.t.Fields[field].rules.closed || c == nil || w.replaces(field) {
		return ""
	}
	f, are := &w.t.Fields[field], "no cell is"
	taken := w.takesCell(f, c)
	switch share := c.Share(taken); {
	case share >= 0.1:
		return ""
	case share > 0:
		are = "hardly a cell is"
	}
	bad := ""
	for v := range c.Values {
		if !taken(v) && (bad == "" || v < bad) {
			bad = v
		}
	}
	return fmt.Sprintf("%s a %s: %s is none", are, f.Type, cells.Quote(bad))
}

// takesCell says of a cell of a column whether a field would take it. ZIP codes that may have lost their zeros count: each
// is reported, and the user can mend them.
func (w *matcher[C]) takesCell(f *Field[C], c *cells.ColumnProfile) func(string) bool {
	from := []source{{part: f.main}}
	from[0].judge(c.Evidence.Judge())
	short := f.main == headers.Zip && !w.abroad()
	return func(v string) bool {
		var contact C
		r := reading{o: &w.m.options, phones: &w.m.phones, cells: []string{v}, name: f.Name, rules: &f.rules}
		return v == w.o.Clear || f.read(&r, from, &contact) || short && (cells.ZipDigits(v) == 3 || cells.ZipDigits(v) == 4)
	}
}

// abroad says whether the countries of a sheet are others than the USA.
func (w *matcher[C]) abroad() bool {
	return slices.ContainsFunc(w.m.Columns, func(c Column) bool {
		return w.meaning[c.Index].concept == headers.Country && w.column(c.Index).Share(cells.LooksAbroad) >= 0.9
	})
}

// called is the field that a column would be, "" if there is none.
func (w *matcher[C]) called(i int) string {
	if f := w.meaning[i].field; f >= 0 && w.t.Fields[f].Writable {
		return w.t.Fields[f].Name
	}
	return w.fieldNames(w.meaning[i].concept)
}

// looks is what cells of a concept look like; of one that cells cannot tell, none do.
func looks(c headers.Concept) func(string) bool {
	switch c {
	case headers.Email:
		return cells.LooksEmail
	case headers.Phone:
		return cells.LooksPhone
	case headers.FirstName, headers.MiddleName, headers.LastName, headers.FullName, headers.City:
		return cells.IsWords
	case headers.Salutation:
		return cells.LooksSalutation
	case headers.Infix:
		return cells.LooksInfix
	case headers.Zip:
		return cells.LooksZip
	case headers.Country:
		return cells.LooksCountry
	case headers.State:
		return cells.LooksUSState
	case headers.LinkedIn:
		return cells.LooksLinkedIn
	case headers.HouseNumber:
		return cells.LooksHouseNumber
	case headers.Stage:
		return cells.LooksStage
	case headers.Price:
		return cells.LooksNumber
	}
	return func(string) bool { return false }
}

// foreignWords doubts headers that are a word of one language in a sheet whose other headers are of another: "Land" is a
// country in Dutch and German only.
func (w *matcher[C]) foreignWords() {
	for i := range w.meaning {
		m := &w.meaning[i]
		if !headers.IsForeign(w.folded[i], w.folded) || m.how != "alias" || m.concept == headers.None || w.explicit[i] != nil {
			continue
		}
		if share := w.column(i).Share(looks(m.concept)); share >= 0.5 {
			m.reason = "its cells agree"
			continue
		}
		m.doubt = "the word is of another language than the other headers"
	}
}

// asides sets aside the columns of unknown headers that have a known word in them and are something else, or say by yes or
// no what a person has agreed to.
func (w *matcher[C]) asides() {
	for i := range w.meaning {
		m := &w.meaning[i]
		if m.concept != headers.None || m.field >= 0 || m.aside != "" || w.m.Columns[i].State != 0 {
			continue
		}
		if stem := w.companionOf(i); stem != "" {
			m.aside = fmt.Sprintf("it holds the ids of what column %q names", stem)
			continue
		}
		words := headers.Tokens(w.m.Columns[i].Header)
		why := headers.AsideByTokens(words)
		agreed := w.agreement(i, words, why)
		switch {
		case agreed:
			m.aside = headers.AsConsent
		case len(words) > 1 && headers.SaysField(words):
			m.aside = why
		}
	}
}

// agreement says whether the cells of a column say what a person has agreed to: by yes or no, by the day of a refusal, or
// by words such as unsubscribed, which are also the status of an address.
func (w *matcher[C]) agreement(i int, words []string, why string) bool {
	c := w.column(i)
	if why != headers.AsConsent {
		return slices.Contains(words, "status") && c.Share(cells.SaysRefusal) > 0
	}
	dated := headers.IsRefusal(words)
	return c.Share(cells.SaysRefusal) > 0 || c.Share(func(v string) bool { return cells.SaysYesOrNo(v) || dated && cells.LooksDate(v) }) >= 0.8
}

// companionOf finds the column whose ids a column holds, "" if it is none: "Account.id" beside "Account".
func (w *matcher[C]) companionOf(i int) string {
	h := headers.Clean(w.m.Columns[i].Header)
	for _, end := range []string{".id", "/id", "/.id", "/Database ID", "/External ID", " ID", "_id"} {
		if n := len(h) - len(end); n > 0 && strings.EqualFold(h[n:], end) {
			for _, c := range w.m.Columns {
				if c.Index != i && strings.EqualFold(headers.Clean(c.Header), h[:n]) {
					return c.Header
				}
			}
		}
	}
	return ""
}

// byWords understands headers that say a field and beside it only words that say nothing more: "Customer E-mail". Cells
// have to agree, or else the column is only proposed.
func (w *matcher[C]) byWords() {
	for i := range w.meaning {
		m := &w.meaning[i]
		if m.concept != headers.None || m.field >= 0 || m.aside != "" || w.m.Columns[i].State != 0 || w.original(i) != headers.None {
			continue
		}
		words := headers.Tokens(w.m.Columns[i].Header)
		means := w.wordsMean(words)
		if means == headers.None || w.column(i) != nil && w.unlike(i, means) {
			continue
		}
		*m = meaning{concept: means, field: -1, how: "words", rank: 50_000 + i}
		if headers.SaysPrivate(words) {
			m.rank += 10_000
		}
		switch share := w.column(i).Share(looks(means)); {
		case share >= 0.8:
			m.reason = "its cells agree"
		case !w.empty(i):
			m.doubt = "its header says so among other words"
		}
	}
}

// wordsMean is the concept that words say among others that say nothing more, none if they say more or nothing.
func (w *matcher[C]) wordsMean(words []string) headers.Concept {
	var core strings.Builder
	reach := headers.None // what every word says by itself
	for i, word := range words {
		if headers.IsIdle(word) {
			continue
		}
		core.WriteString(word)
		if i > 0 && (word == "no" || word == "n") || headers.IsQualifier(word) || len(word) == 1 && cells.IsDigits(word) {
			continue
		}
		hit, ok := headers.Find(word)
		if !ok {
			hit, ok = headers.Find(strings.TrimSuffix(word, "nr"))
		}
		if !ok || hit.Concept != headers.Email && hit.Concept != headers.Phone || reach != headers.None && reach != hit.Concept {
			reach = headers.ConceptCount // of which there is none
			continue
		}
		reach = hit.Concept
	}
	hit, ok := headers.Find(core.String())
	switch {
	case ok && slices.Contains([]headers.Concept{headers.Name, headers.Nombre, headers.Title, headers.Customer, headers.Company, headers.FullName}, hit.Concept), ok && headers.IsAddressPart(hit.Concept) && hit.Scope != headers.AnyScope:
		return headers.None
	case ok:
		return hit.Concept
	case reach == headers.ConceptCount:
		return headers.None
	}
	return reach
}
