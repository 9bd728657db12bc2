package mapping

import (
	"slices"
	"strings"

	"crmferry/mapping/cells"
	"crmferry/mapping/headers"
)

// mended is a cell that isSound does not vouch for as its field reads it: repaired where that is certain, "" where it says
// that there is nothing. What cannot be repaired is a problem of the row.
func (r *reading) mended(s *source, v string) string {
	nature := r.rules.nature
	if v[0] == '#' && cells.IsFormulaError(v) {
		r.damaged(s, "%s is what a spreadsheet program shows in place of a value that it cannot compute", cells.Quote(v))
		return ""
	}
	if !cells.IsTyped(v) {
		v = r.mendLetters(s, v)
	}
	switch {
	case v == "" || nature == ofProse:
	case nature == ofWords && (r.rules.needed || cells.IsAlphanumeric(v[0]) && cells.IsNothing(v)) && cells.IsPlaceholder(v): // "-None-" nobody wrote
		r.suspect(FoundPlaceholder, s, v, "%s may say that there is nothing; it was taken as it stands", cells.Quote(v))
	case cells.IsPlaceholder(v):
		r.repair(FoundPlaceholder, s, v, "", "%s says that there is nothing and was left out", cells.Quote(v))
		return ""
	case nature != ofValues && (cells.IsDateOfCode(v) || s.isDayAmongWords(v)):
		r.suspect(FoundDate, s, v, "%s looks like a date that a spreadsheet program made of something else, such as 1-12", cells.Quote(v))
	}
	return v
}

// damaged reports a cell beyond repair, once even if several fields are read from it.
func (r *reading) damaged(s *source, format string, args ...any) {
	if !slices.ContainsFunc(r.problems, func(p Problem) bool { return p.Code == CodeDamaged && p.Column == s.ref }) {
		r.fail(CodeDamaged, s, format, args...)
	}
}

// mendLetters takes out of a cell what has no ink, and reports letters that an earlier program has spoilt.
func (r *reading) mendLetters(s *source, v string) string {
	mended := cells.WithoutControls(v)
	if r.rules.nature != ofProse {
		mended = cells.WithoutMarks(mended)
	}
	if mended != v {
		r.repair(FoundInvisible, s, v, mended, "%s held characters that cannot be seen, such as spaces that do not break", cells.Quote(mended))
		v = mended
	}
	if strings.ContainsFunc(v, cells.IsLost) {
		r.suspect(FoundLostLetters, s, v, "%s holds marks of letters that an earlier program could not read, or the file has another encoding: --encoding names it", cells.Quote(v))
	} else if once := cells.DecodeOnce(v); once != v {
		r.suspect(FoundTwiceEncoded, s, v, "%s seems to be %s, encoded twice; it was taken as it stands", cells.Quote(v), cells.Quote(once))
	}
	return v
}

// isDayAmongWords says whether a cell looks like a day in a column whose other cells do not, and is none of the parts of
// an address or the numbers that are written so.
func (s *source) isDayAmongWords(v string) bool {
	if !s.seen.Coded {
		return false
	}
	switch s.part {
	case headers.HouseNumber, headers.HouseAddition, headers.SecondLine, headers.Zip, headers.CustomerNumber:
		return false
	}
	return cells.IsDayAndMonth(v) || cells.LooksLikeDate(v)
}
