// Package notes has what the notes of all vendors have alike: rows without one, titles, texts in HTML, who may read them.
package notes

import (
	"fmt"
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/cells/markup"
	"crmferry/mapping/headers"
	"crmferry/mapping/hint"
	"crmferry/mapping/remarks"
	"crmferry/mapping/schema"
)

// Length is the longest text of a note that is sent, in characters. No vendor documents a limit; databases commonly cut
// what is longer than 65,535 bytes, and say nothing.
const Length = 65_000

// Text is the field of the text of a note: required, and split where it is longer than Length and that is asked for.
func Text[C any](name, label string, at func(*C) *string, more ...string) schema.Field[C] {
	limit := fmt.Sprintf("at most %d characters (of crmferry: no limit is documented)", Length)
	also := append(more, "Note body", "Note content", "Note - Content", "Body", "Content", "Tekst", "Inhalt", "Texte", "Texto")
	return schema.Text(name, label, headers.Note, at).Require().Length(0, Length).Limited(limit).Splits().Also(also...)
}

// Titles are the headers under which a note has a title.
func Titles(more ...string) []string {
	return append(more, "Note title", "Note - Title", "Subject", "Onderwerp", "Betreff", "Objet", "Asunto")
}

// Days are the headers of when a note was made.
func Days(more ...string) []string {
	return append(more, "Date", "Note date", "Activity date", "Created on", "Created time", "Created at", "CreatedDate", "Add time", "Note - Add time", "Datum", "Fecha", "Aangemaakt op", "Erstellt am")
}

// None says that a row holds no note, where neither title nor text has a value and no cell of theirs is broken; else "".
func None(r *schema.Reader, says string, fields ...string) string {
	if says != "" || slices.ContainsFunc(r.Problems, func(p remarks.Problem) bool { return p.Code != cells.CodeRequired && slices.Contains(fields, p.Field) }) {
		return ""
	}
	return "the row holds no note"
}

// Title gives a note without a title the first line of its text.
func Title(r *schema.Reader, field string, title *string, text string) {
	if *title != "" || text == "" {
		return
	}
	*title = firstLine(text)
	r.Fields = append(r.Fields, field)
	r.Remarks = append(r.Remarks, remarks.Remark{Code: cells.RemarkDerived, Field: field, After: *title, Message: fmt.Sprintf("the note has no title: %s, the first line of its text, was taken", cells.Quote(*title))})
}

// firstLine is the first line of a text that says something, at most 100 characters of it.
func firstLine(text string) string {
	const most = 100
	line, _, _ := strings.Cut(strings.TrimSpace(markup.WithoutTags(text)), "\n")
	line = strings.TrimSpace(line)
	if runes := []rune(line); len(runes) > most {
		return strings.TrimSpace(string(runes[:most-1])) + "…"
	}
	if line == "" {
		return "Note"
	}
	return line
}

// HTML says of a text that it holds HTML, which is sent as it is.
func HTML(r *schema.Reader, field, text string) {
	if !r.HasID && markup.HasTags(text) {
		r.Remarks = append(r.Remarks, remarks.Remark{Code: cells.RemarkHTML, Field: field, Message: "the text holds HTML, and is sent as it is: the vendor does not document whether it shows it as text"})
	}
}

// Visibility reads whether a note is private; why says that the cell does not tell. Yes and no tell it only where the
// field, or its header, asks whether a note is private: what is visible may as well be public.
func Visibility(v string, asks bool) (private bool, why string) {
	private, isAnswer := cells.YesNoOf(v)
	switch {
	case headers.IsVisibility(v):
		return headers.IsHidden(v), ""
	case !isAnswer:
		return false, cells.Quote(v) + " is neither public nor private"
	case !asks:
		return false, fmt.Sprintf("%s does not say whether the note is public or private: write one of these words, or name the column Private", cells.Quote(v))
	}
	return private, ""
}

// Private is a field of yes for what is private and no for what is public, or of these words.
func Private[C any](name string, at func(*C) **bool) schema.Field[C] {
	read := func(header, v string) (bool, string) {
		return Visibility(v, !strings.Contains(headers.FoldHeader(header), "visib"))
	}
	return schema.Boolean(name, "Private", at, read).NoClear()
}

// PublicOrPrivate is a field of either word. Under a header such as Private it takes yes for private, which is what other vendors
// call it.
func PublicOrPrivate[C any](name string, at func(*C) *string) schema.Field[C] {
	parse := func(r *schema.Reader, s *schema.Source, v string) (string, bool) {
		private, why := Visibility(v, asksPrivate(s.Ref))
		switch {
		case why != "":
			r.Fail(cells.CodeBadValue, &s.Source, "%s", why)
			return "", false
		case private:
			return "private", true
		}
		return "public", true
	}
	return schema.Single(name, "Visibility", "public or private", headers.None, at, parse, schema.Itself, cells.SameWord).Closed().NoClear()
}

// asksPrivate reports whether yes under a header means private. Whole columns are asked about without one.
func asksPrivate(header string) bool {
	folded := headers.FoldHeader(header)
	return folded == "" || folded == "isprivate" || slices.ContainsFunc(headers.Hidden(), func(word string) bool { return headers.FoldHeader(word) == folded })
}

// Visible are the headers under which a note says who may read it.
func Visible(more ...string) []string { return append(more, headers.Hidden()...) }

// Refuse refuses a note that is not made unless that is asked for, because the vendor does not document what comes of it.
func Refuse(r *schema.Reader, field, why string) {
	if !r.Options.Undocumented {
		r.Problems = append(r.Problems, remarks.Problem{Code: cells.CodeUndocumented, Field: field, Message: why + r.Words.Say(hint.AllowUndocumented)})
	}
}

// OneOf leaves one of two things that a note could be on, which a row names both, and says so.
func OneOf(r *schema.Reader, taken, left, name string) {
	r.Fields = slices.DeleteFunc(r.Fields, func(f string) bool { return f == left })
	r.Links = slices.DeleteFunc(r.Links, func(l schema.Link) bool { return l.Field == left })
	r.Claims = slices.DeleteFunc(r.Claims, func(c schema.Claim) bool { return c.Field == left })
	r.Remarks = append(r.Remarks, remarks.Remark{Code: cells.RemarkLeftOut, Field: left, Before: name, Message: fmt.Sprintf("%s was left out of %s: a note is on one, and the row has %s", cells.Quote(name), left, taken)})
}
