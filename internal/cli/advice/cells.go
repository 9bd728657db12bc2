package advice

import "crmferry/mapping/cells"

// OnCell says in one sentence what to do about the code of a fault, "" for any other. FIELD and HEADER stand in it for those
// of the fault.
func OnCell(code string) string {
	switch code {
	case cells.CodeRequired:
		return "Fill the cell, or give the rows without a value one with --default FIELD=VALUE."
	case cells.CodeTooLong:
		return "Shorten the text to the length that the CRM takes (see crmferry fields VENDOR)."
	case cells.CodeTooMany:
		return "Remove values until as many are left as the field holds."
	case cells.CodeBadEmail:
		return "Correct the address; one address in a cell of a field that holds one."
	case cells.CodeBadPhone:
		return "Write the whole number, with + and its country code; if all are of one country, --region says which."
	case cells.CodeBadNumber:
		return "Write a plain number, and say with --decimal which sign starts the decimals."
	case cells.CodeBadDate:
		return "Write dates like 2026-01-31, or say with --date-order how to read them."
	case cells.CodeBadValue:
		return "Use one of the values that the field takes (see crmferry fields VENDOR)."
	case cells.CodeBadList:
		return "Write the values apart, with commas between them, or ignore the column with --map \"HEADER=\"."
	case cells.CodeBadState:
		return "Use the name or the two letters of a state of the USA, or empty the cell, or ignore the column with --map \"HEADER=\"."
	case cells.CodeBadZip:
		return "Write five digits, or five, a dash and four, with leading zeros; or ignore the column with --map \"HEADER=\"."
	case cells.CodeBadID:
		return "Use the id that the CRM shows, or ignore the column with --map \"HEADER=\"."
	case cells.CodeDamaged:
		return "Take the value from where it came from, into a column formatted as text; or empty the cell."
	case cells.CodeNotClearable:
		return "Empty the cell to leave the field alone, and clear it in the CRM itself."
	case cells.CodeContinuation:
		return "Put what the row has to say into the row of its contact, or export the sheet without the lists beneath a contact."
	case cells.CodeUndocumented:
		return "Put the note on the client of the contact, or ask for it with --allow-undocumented."
	case cells.CodeNotUpdatable:
		return "Change the value in the CRM itself, or make the row say what the CRM says."
	}
	return ""
}

// onSetting is OnCell for a value of a flag or of a values file, which has no cell and no column.
func onSetting(code string) string {
	switch code {
	case cells.CodeBadState:
		return "Use the name or the two letters of a state of the USA."
	case cells.CodeBadZip:
		return "Use five digits, or five, a dash and four."
	case cells.CodeBadID:
		return "Use the id that the CRM shows."
	}
	return OnCell(code)
}

// OnRemark says in one sentence what to do about a doubt, "" for a code that is none.
func OnRemark(code string) string {
	switch code {
	case cells.RemarkPlaceholder:
		return "Empty the cell if it only says that there is nothing."
	case cells.RemarkTwiceEncoded, cells.RemarkLostLetters:
		return "Write the letters anew, or export the file again as UTF-8."
	case cells.RemarkEntities:
		return "Write the sign itself, or leave the cell if the text is about it."
	case cells.RemarkMarker, cells.RemarkEscapes:
		return "Write the text itself, or leave the cell if that is it."
	case cells.RemarkArray:
		return "Take the brackets off if the cell is a list."
	case cells.RemarkList:
		return "Put quotes around a word that has the sign, or part the words of all cells with the same sign."
	case cells.RemarkTypo:
		return "Correct the address if it is a slip."
	case cells.RemarkDate, cells.RemarkRounded, cells.RemarkScientific, cells.RemarkFloatTail:
		return "Take the value from where it came from, into a column formatted as text."
	case cells.RemarkCompany:
		return "Move the name into the column of companies if it is one."
	case cells.RemarkSplit:
		return "Give first and last names a column each where the name is split wrongly."
	case cells.RemarkNamesDiffer:
		return "Correct the name that is wrong, or ignore the column of full names with --map \"HEADER=\"."
	case cells.RemarkOddWord:
		return "Move it into the column where it belongs."
	case cells.RemarkNoName:
		return "Move it into the column where it belongs, and write the name."
	case cells.RemarkPeople:
		return "Give each person a row."
	case cells.RemarkCapitals:
		return "Write the name as it is to be shown."
	case cells.RemarkRefusal:
		return "Leave the row out, or mark the contact in the CRM: no field holds the refusal."
	case cells.RemarkAddress:
		return "Give street, postal code and city a column each."
	case cells.RemarkOddZip:
		return "Correct the postal code, or the country."
	case cells.RemarkOddPhone:
		return "Correct the number if it is a slip, or write it with + and its country code."
	}
	return ""
}
