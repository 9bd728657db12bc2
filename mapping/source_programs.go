package mapping

// programs lists the programs whose sheets are recognised. Few of their makers publish these headers: marks and asides
// that no page of the maker lists are general experience, unverified. A mark that is wrong recognises nothing.
func programs() []*program {
	var all []*program
	for _, some := range [][]*program{outlooks(), addressBooks(), crms(), estateCRMs(), mailers(), dutchPackages()} {
		all = append(all, some...)
	}
	return all
}

// outlooks: the classic program writes its headers in the language of the computer, and fillers into empty cells.
func outlooks() []*program {
	asides := []aside{
		{asFirm, "Company Main Phone|Hoofdtelefoon bedrijf|Telefon Firma|Téléphone société|Número de centralita de la organización"},
		{asOther, "Assistant's Phone|Assistant's Name|Manager's Name|Spouse|Children|Referred By|Telefoon assistent|Telefon Assistent|Téléphone de l'assistant(e)"},
		{asFact, "E-mail Type|E-mail 2 Type|E-mail 3 Type|E-mail Display Name|E-mail 2 Display Name|E-mail 3 Display Name"},
		{asElse, "Location|Ort|Locatie|Office Location|Account|Keywords|Priority|Sensitivity|Private|Mileage|Billing Information|Directory Server|User 1|User 2|User 3|User 4"},
		{asFax, "Business Fax|Home Fax|Other Fax|Pager|Telex|TTY/TDD Phone|ISDN|Fax op werk|Fax geschäftlich|Télécopie (bureau)|Callback|Radio Phone"},
		{asSound, "Given Yomi|Surname Yomi|Company Yomi|Given Name Yomi|Surname Yomi"},
	}
	outlook := func(marks ...string) *program {
		return &program{name: "an Outlook export", how: "Outlook", marks: marks, asides: asides, sep: ";", fillers: "0/0/00|00/00/00|0-0-00|00-00-00|0.0.00|Unspecified|Niet opgegeven|Keine Angabe|Non spécifié",
			means: []meant{{aSalutation, "Title|Titel|Titre|Anrede"}, {aJob, "Job Title|Functie|Position|Puesto"}, {aLastName, "Nom"}, {aFirstName, "Nombre"}}, late: []meant{{aPhone, "Particular"}}}
	}
	return []*program{
		outlook("E-mail Address|E-mail Type|E-mail Display Name", "E-mail Address|Business Street|Home Street|Business Phone", "Business Phone|Home Phone|Mobile Phone|E-mail Address|Categories",
			"Given Yomi|Surname Yomi|E-mail Address", "Given Name Yomi|Surname Yomi|E-mail Address",
			"Voornaam|Middelste naam|Telefoon op werk", "E-mailadres|Werkadres, straat|Telefoon op werk", "Vorname|Weitere Vornamen|Telefon geschäftlich", "E-Mail-Adresse|Straße geschäftlich|Telefon geschäftlich",
			"Deuxième prénom|Rue (bureau)|Téléphone (bureau)", "Adresse de messagerie|Rue (bureau)|Téléphone (bureau)", "Segundo nombre|Calle del trabajo|Teléfono del trabajo"),
	}
}

func addressBooks() []*program {
	googleAsides := []aside{
		{asElse, "Location|Priority|Sensitivity|Subject|Language|Photo|File As|Mileage|Billing Information|Directory Server"},
		{asSound, "Yomi Name|Given Name Yomi|Additional Name Yomi|Family Name Yomi|Phonetic First Name|Phonetic Middle Name|Phonetic Last Name"},
	}
	linkedinURL := []meant{{aLinkedIn, "URL"}, {aJob, "Position"}}
	return []*program{
		{name: "a Google Contacts export", how: "Google Contacts", asides: googleAsides, marks: []string{
			"Given Name|Family Name|E-mail 1 - Value", "Given Name|Family Name|Group Membership|Yomi Name", "Given Name|Family Name|E-mail 1 - Value|Group Membership", "Given Name|Phone 1 - Value|Group Membership",
			"First Name|Labels|E-mail 1 - Label", "First Name|Labels|E-mail 1 - Value", "Phonetic First Name|File As|Labels", "First Name|Organization Name|Labels|Phone 1 - Label"}},
		{name: "a LinkedIn export of connections", how: "LinkedIn", means: linkedinURL, marks: []string{
			"First Name|Last Name|Connected On", "First Name|Last Name|URL|Email Address|Company|Position|Connected On"}},
		{name: "a LinkedIn export of a lead form", how: "LinkedIn", marks: []string{"Lead Id|Form Name", "Form Name|Lead Submitted At (UTC)|Email Address"},
			asides: []aside{{asID, "Lead Id"}, {asElse, "Form Name"}}},
	}
}

func crms() []*program {
	salesforceOwner := aside{asOwner, "Account Owner|Contact Owner|Lead Owner|Owner|OwnerId|Account Owner Alias|Created By|Last Modified By"}
	return []*program{
		{name: "a HubSpot export", how: "HubSpot", sep: ";", marks: []string{"Record ID|Lifecycle Stage", "Record ID|Contact owner", "Record ID|Lead Status|Create Date", "Record ID|Lifecycle Stage|Contact owner", "Record ID|First Name|Associated Company IDs"},
			fillers: "(No value)", asides: []aside{{asOwner, "Contact owner|HubSpot Team"}, {asID, "Record ID|Associated Company IDs|Associated Deal IDs|Associated Deal|Associated Contact IDs"},
				{asFact, "Lead Status"}, {asConsent, "Unsubscribed from all email|Marketing contact status|Legal basis for processing contact's data"}}},
		{name: "a Salesforce data export", how: "Salesforce", sep: ";", fillers: "#N/A", marks: []string{"Id|IsDeleted|MasterRecordId", "AccountId|OwnerId|LastName", "Id|AccountId|LastName|OwnerId|IsDeleted", "Id|LastName|OwnerId|CreatedById"},
			means: []meant{{aJob, "Title"}},
			asides: []aside{salesforceOwner, {"it holds ids of Salesforce, not names: a report has the names", "AccountId|ReportsToId|Id|MasterRecordId|CreatedById|LastModifiedById"},
				{asOther, "AssistantPhone|AssistantName"}, {asConsent, "HasOptedOutOfEmail|HasOptedOutOfFax|DoNotCall"}, {asFax, "Fax"}}},
		{name: "a Salesforce report", how: "Salesforce", sep: ";", marks: []string{"Mailing Zip/Postal Code|Mailing State/Province", "Company / Account|Lead Owner", "Company / Account|Lead Source", "Account Name|Account Owner|Mailing Street", "Account Name|Account Owner|Email",
			"Company / Account|Lead Owner|First Name|Lead Source|Rating", "Contact Owner|Account Name|Email", "Mailing Zip/Postal Code|Mailing State/Province|Account Name|Account Owner"},
			fillers: "[not provided]|[[Unknown]]", means: []meant{{aJob, "Title"}}, asides: []aside{salesforceOwner, {asFact, "Lead Status|Rating"}, {asConsent, "Email Opt Out|Do Not Call|Fax Opt Out"}, {asFax, "Fax"}}},
		{name: "a Pipedrive export of people", how: "Pipedrive", scope: "Person - |Persoon - |Personne - |Persona - |Pessoa - ",
			means: []meant{{anEmail, "Person - Email - Work|Person - Email"}, {anEmail, "Person - Email - Home|Email - Home"}, {anEmail, "Email - Other"}, {aPhone, "Phone - Work|Phone - Mobile|Phone"}, {aPhone, "Phone - Home|Phone - Other"},
				{aFullName, "Person - Name|Person - Naam|Personne - Nom|Persona - Nombre"}, {aCompany, "Person - Organization|Persoon - Organisatie|Personne - Organisation|Person - Organisation"}, {aCompany, "Organization - Name|Organisatie - Naam|Organisation - Nom|Organisation - Name"},
				// Unverified: Pipedrive does not list the parts of an address.
				{aCountry, "Country of Postal address"}, {aCity, "City/town/village/locality of Postal address"}, {aZip, "ZIP/Postal code of Postal address"},
				{aState, "State/county of Postal address"}, {aStreet, "Street/road name of Postal address"}, {aHouseNumber, "House number of Postal address"}},
			asides: []aside{{asWholeOne, "Postal address|Full/combined address of Postal address"}, {asOwner, "Owner|Eigenaar|Propriétaire|Visible to"}, {asConsent, "Marketing status|Double opt-in"},
				{asFirm, "Organization - *|Organisation - *|Organisatie - *"}, {asOther, "Deal - *|Lead - *"}, {asID, "ID"}}},
		{name: "a Zoho CRM export", how: "Zoho", sep: ";", marks: []string{"Record Id|Contact Owner.id", "Record Id|Lead Owner.id", "Record Id|Contact Owner|Contact Owner.id", "Record Id|Contact Owner|Contact Owner.id|Last Name", "Record Id|Lead Owner|Lead Owner.id|Last Name", "Contact Owner|Account Name.id"},
			means: []meant{{aJob, "Title"}}, asides: []aside{{asOwner, "Contact Owner|Lead Owner"}, {asConsent, "Email Opt Out|Unsubscribed Mode"}, {asID, "Record Id"}}},
		{name: "an Odoo export", how: "Odoo", sep: ",", fillers: "False|ONWAAR|FALSCH|FAUX|FALSO", records: "External ID|Name|Display Name|id|name", marks: []string{"External ID|Company Type", "External ID|Related Company", "External ID|Name|Salesperson", "External ID|Name|Company Type|Related Company", "id|name|parent_id/id", "id|name|is_company"},
			means: []meant{{aFullName, "Name|Display Name"}, {aCompany, "Related Company|Related Company/Name|parent_id/name|Company Name"}, {aCountry, "Country|country_id|country_id/code"}, {aState, "State|state_id"}, {aJob, "function"}, {aNote, "comment"}, {someTags, "category_id"}},
			asides: []aside{{asID, "External ID|ID|Country/Database ID|Country/External ID|Related Company/External ID|Related Company/Database ID|parent_id/id|parent_id/.id|country_id/id|state_id/id"},
				{asElse, "Company Type|is_company"}, {asOwner, "Salesperson|user_id"}, {asOther, "Contacts/*|child_ids/*|Related Company/*"}}},
	}
}

func estateCRMs() []*program {
	return []*program{
		{name: "a Follow Up Boss export", how: "Follow Up Boss", marks: []string{"Stage|Assigned To|Last Activity", "Stage|Assigned To|Search Criteria", "Stage|Assigned To|Price Min/Max", "Assigned To|Lead Source|Stage|Tags"},
			asides: []aside{{asOwner, "Assigned To|Lender|Collaborators|Pond"}, {asElse, "Search Criteria|Price Min/Max|Home Price|Property Type|MLS Number|Last Activity"}, {asID, "ID"}}},
		{name: "a kvCORE (BoldTrail) export", how: "kvCORE", marks: []string{"Cell Phone 1|Deal Type|Hashtags", "Cell Phone 1|TCPA Optin Date", "Cell Phone 1|Deal Type|Hashtags|TCPA Optin Date", "Contact Id|Cell Phone 1|Email Optin"},
			asides: []aside{{asConsent, "Email Optin|Text On|Phone On|Valuation Optin|TCPA Optin Date|TCPA Optin Party|TCPA Optin Party ID"}, {asOwner, "Assigned Agent|Agent Email|Assigned Agent ID|Owner Type|Owner ID"},
				{asOther, "Spouse First Name|Spouse Last Name|Spouse Phone|Spouse Email|Spouse Birthday|Referrer"}, {asCompare, "Email Count|Call Count|Text Count|Search Count|Saved Search Count|Fav Count|Rating|Status|Email Verified|Phone Verified|Last Email|Last Call|Last Email Date|Avg Price"},
				{asID, "Contact Id|External Vendor ID|Active MLS ID"}, {asWholeOne, "Complete Primary Address|Secondary Address|Location"}}},
	}
}

func mailers() []*program {
	asides := []aside{{asConsent, "OPTIN_TIME|OPTIN_IP|CONFIRM_TIME|CONFIRM_IP|UNSUB_TIME|UNSUB_CAMPAIGN_TITLE|UNSUB_CAMPAIGN_ID|UNSUB_REASON|UNSUB_REASON_OTHER|CLEAN_TIME|CLEAN_CAMPAIGN_TITLE|CLEAN_CAMPAIGN_ID"},
		{asID, "LEID|EUID"}, {asCompare, "MEMBER_RATING|LATITUDE|LONGITUDE|GMTOFF|DSTOFF|TIMEZONE|LAST_CHANGED"}, {asWholeOne, "Address"}}
	means := []meant{{aCountry, "CC"}, {aState, "REGION"}}
	mailchimp := func(name, warning string, marks ...string) *program {
		return &program{name: name, how: "Mailchimp", warning: warning, asides: asides, means: means, marks: marks}
	}
	return []*program{
		mailchimp("a Mailchimp export", "", "Email Address|MEMBER_RATING|LEID", "Email Address|MEMBER_RATING|OPTIN_TIME", "Email Address|OPTIN_TIME|EUID", "Email Address|MEMBER_RATING|OPTIN_TIME|LEID|EUID"),
		mailchimp("a Mailchimp export of people who have unsubscribed", "they must not be mailed", "Email Address|MEMBER_RATING|OPTIN_TIME|LEID|EUID|UNSUB_TIME", "Email Address|UNSUB_TIME|UNSUB_REASON|UNSUB_CAMPAIGN_TITLE"),
		mailchimp("a Mailchimp export of addresses that were cleaned", "mail to them bounced", "Email Address|MEMBER_RATING|OPTIN_TIME|LEID|EUID|CLEAN_TIME", "Email Address|CLEAN_TIME|CLEAN_CAMPAIGN_TITLE|CLEAN_CAMPAIGN_ID"),
		{name: "a Shopify export of customers", how: "Shopify", sep: ",", marks: []string{"Accepts Email Marketing|Default Address Zip", "Customer ID|Accepts Email Marketing|Total Spent", "Accepts Marketing|Province Code|Country Code|Zip", "Customer ID|Accepts Email Marketing|Default Address Zip|Total Orders"},
			means:  []meant{{aCompany, "Default Address Company"}, {aPhone, "Phone"}, {aPhone, "Default Address Phone"}, {aState, "Province Code"}, {aCountry, "Country Code"}},
			asides: []aside{{asConsent, "Accepts Email Marketing|Accepts SMS Marketing|Accepts WhatsApp Marketing|Accepts Marketing"}, {asCompare, "Total Spent|Total Orders|Tax Exempt"}}},
	}
}

// dutchPackages: neither Exact Online nor Teamleader nor AFAS publishes its headers, so that the kind of package is all
// that is said. In bookkeeping, the name is a company's.
func dutchPackages() []*program {
	return []*program{
		{name: "an export of a Dutch accounting package", how: "Dutch accounting", fillers: "n.v.t.|nvt|onbekend|geen", marks: []string{"Debiteurnummer|Naam|Postcode", "Relatiecode|Naam|Postcode", "Code|Naam|Postcode|BTW-nummer", "Naam|Postcode|BTW-nummer|KvK-nummer", "Naam|Postcode|Plaats|Contactpersoon|BTW-nummer"},
			means:  []meant{{aCompany, "Naam"}, {aFullName, "Contactpersoon"}, {aCustomerNumber, "Debiteurnummer|Relatiecode|Code"}},
			asides: []aside{{asElse, "BTW-nummer|KvK-nummer|IBAN|BIC|Betalingsconditie|Kredietlimiet"}}},
		{name: "a list of a Dutch membership or CRM package", how: "Dutch", fillers: "n.v.t.|nvt|onbekend|geen", marks: []string{"Tussenvoegsel|Achternaam|Relatienummer", "Tussenvoegsel|Achternaam|Lidnummer", "Voornaam|Tussenvoegsel|Achternaam|Geboortedatum"},
			means: []meant{{aCustomerNumber, "Relatienummer"}}, asides: []aside{{asID, "Lidnummer"}}},
	}
}
