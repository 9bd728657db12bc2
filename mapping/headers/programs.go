package headers

// Programs lists the programs whose sheets are recognised. Few of their makers publish these headers: marks and asides
// that no page of the maker lists are general experience, unverified. A mark that is wrong recognises nothing.
func Programs() []*Program {
	var all []*Program
	for _, some := range [][]*Program{outlooks(), addressBooks(), crms(), estateCRMs(), mailers(), dutchPackages()} {
		all = append(all, some...)
	}
	return all
}

// outlooks: the classic program writes its headers in the language of the computer, and fillers into empty cells.
func outlooks() []*Program {
	exclusions := []exclusion{
		{WhyFirm, "Company Main Phone|Hoofdtelefoon bedrijf|Telefon Firma|Téléphone société|Número de centralita de la organización"},
		{WhyOther, "Assistant's Phone|Assistant's Name|Manager's Name|Spouse|Children|Referred By|Telefoon assistent|Telefon Assistent|Téléphone de l'assistant(e)"},
		{WhyFact, "E-mail Type|E-mail 2 Type|E-mail 3 Type|E-mail Display Name|E-mail 2 Display Name|E-mail 3 Display Name"},
		{WhyElse, "Location|Ort|Locatie|Office Location|Account|Keywords|Priority|Sensitivity|Private|Mileage|Billing Information|Directory Server|User 1|User 2|User 3|User 4"},
		{WhyFax, "Business Fax|Home Fax|Other Fax|Pager|Telex|TTY/TDD Phone|ISDN|Fax op werk|Fax geschäftlich|Télécopie (bureau)|Callback|Radio Phone"},
		{WhySound, "Given Yomi|Surname Yomi|Company Yomi|Given Name Yomi|Surname Yomi"},
	}
	outlook := func(marks ...string) *Program {
		return &Program{Name: "an Outlook export", How: "Outlook", Marks: marks, exclusions: exclusions, Sep: ";", fillers: "0/0/00|00/00/00|0-0-00|00-00-00|0.0.00|Unspecified|Niet opgegeven|Keine Angabe|Non spécifié",
			means: []meant{{Salutation, "Title|Titel|Titre|Anrede"}, {Job, "Job Title|Functie|Position|Puesto"}, {LastName, "Nom"}, {FirstName, "Nombre"}}, late: []meant{{Phone, "Particular"}}}
	}
	return []*Program{
		outlook("E-mail Address|E-mail Type|E-mail Display Name", "E-mail Address|Business Street|Home Street|Business Phone", "Business Phone|Home Phone|Mobile Phone|E-mail Address|Categories",
			"Given Yomi|Surname Yomi|E-mail Address", "Given Name Yomi|Surname Yomi|E-mail Address",
			"Voornaam|Middelste naam|Telefoon op werk", "E-mailadres|Werkadres, straat|Telefoon op werk", "Vorname|Weitere Vornamen|Telefon geschäftlich", "E-Mail-Adresse|Straße geschäftlich|Telefon geschäftlich",
			"Deuxième prénom|Rue (bureau)|Téléphone (bureau)", "Adresse de messagerie|Rue (bureau)|Téléphone (bureau)", "Segundo nombre|Calle del trabajo|Teléfono del trabajo"),
	}
}

func addressBooks() []*Program {
	googleAsides := []exclusion{
		{WhyElse, "Location|Priority|Sensitivity|Subject|Language|Photo|File As|Mileage|Billing Information|Directory Server"},
		{WhySound, "Yomi Name|Given Name Yomi|Additional Name Yomi|Family Name Yomi|Phonetic First Name|Phonetic Middle Name|Phonetic Last Name"},
	}
	linkedinURL := []meant{{LinkedIn, "URL"}, {Job, "Position"}}
	return []*Program{
		{Name: "a Google Contacts export", How: "Google Contacts", exclusions: googleAsides, Marks: []string{
			"Given Name|Family Name|E-mail 1 - Value", "Given Name|Family Name|Group Membership|Yomi Name", "Given Name|Family Name|E-mail 1 - Value|Group Membership", "Given Name|Phone 1 - Value|Group Membership",
			"First Name|Labels|E-mail 1 - Label", "First Name|Labels|E-mail 1 - Value", "Phonetic First Name|File As|Labels", "First Name|Organization Name|Labels|Phone 1 - Label"}},
		{Name: "a LinkedIn export of connections", How: "LinkedIn", means: linkedinURL, Marks: []string{
			"First Name|Last Name|Connected On", "First Name|Last Name|URL|Email Address|Company|Position|Connected On"}},
		{Name: "a LinkedIn export of a lead form", How: "LinkedIn", Marks: []string{"Lead Id|Form Name", "Form Name|Lead Submitted At (UTC)|Email Address"},
			exclusions: []exclusion{{WhyID, "Lead Id"}, {WhyElse, "Form Name"}}},
	}
}

func crms() []*Program {
	salesforceOwner := exclusion{WhyOwner, "Account Owner|Contact Owner|Lead Owner|Owner|OwnerId|Account Owner Alias|Created By|Last Modified By"}
	return []*Program{
		{Name: "a HubSpot export", How: "HubSpot", Sep: ";", Marks: []string{"Record ID|Lifecycle Stage", "Record ID|Contact owner", "Record ID|Lead Status|Create Date", "Record ID|Lifecycle Stage|Contact owner", "Record ID|First Name|Associated Company IDs"},
			fillers: "(No value)", exclusions: []exclusion{{WhyOwner, "Contact owner|HubSpot Team"}, {WhyID, "Record ID|Associated Company IDs|Associated Deal IDs|Associated Deal|Associated Contact IDs"},
				{WhyFact, "Lead Status"}, {WhyConsent, "Unsubscribed from all email|Marketing contact status|Legal basis for processing contact's data"}}},
		{Name: "a Salesforce data export", How: "Salesforce", Sep: ";", fillers: "#N/A", Marks: []string{"Id|IsDeleted|MasterRecordId", "AccountId|OwnerId|LastName", "Id|AccountId|LastName|OwnerId|IsDeleted", "Id|LastName|OwnerId|CreatedById"},
			means: []meant{{Job, "Title"}},
			exclusions: []exclusion{salesforceOwner, {"it holds ids of Salesforce, not names: a report has the names", "AccountId|ReportsToId|Id|MasterRecordId|CreatedById|LastModifiedById"},
				{WhyOther, "AssistantPhone|AssistantName"}, {WhyConsent, "HasOptedOutOfEmail|HasOptedOutOfFax|DoNotCall"}, {WhyFax, "Fax"}}},
		{Name: "a Salesforce report", How: "Salesforce", Sep: ";", Marks: []string{"Mailing Zip/Postal Code|Mailing State/Province", "Company / Account|Lead Owner", "Company / Account|Lead Source", "Account Name|Account Owner|Mailing Street", "Account Name|Account Owner|Email",
			"Company / Account|Lead Owner|First Name|Lead Source|Rating", "Contact Owner|Account Name|Email", "Mailing Zip/Postal Code|Mailing State/Province|Account Name|Account Owner"},
			fillers: "[not provided]|[[Unknown]]", means: []meant{{Job, "Title"}}, exclusions: []exclusion{salesforceOwner, {WhyFact, "Lead Status|Rating"}, {WhyConsent, "Email Opt Out|Do Not Call|Fax Opt Out"}, {WhyFax, "Fax"}}},
		{Name: "a Pipedrive export of people", How: "Pipedrive", scope: "Person - |Persoon - |Personne - |Persona - |Pessoa - ",
			means: []meant{{Email, "Person - Email - Work|Person - Email"}, {Email, "Person - Email - Home|Email - Home"}, {Email, "Email - Other"}, {Phone, "Phone - Work|Phone - Mobile|Phone"}, {Phone, "Phone - Home|Phone - Other"},
				{FullName, "Person - Name|Person - Naam|Personne - Nom|Persona - Nombre"}, {Company, "Person - Organization|Persoon - Organisatie|Personne - Organisation|Person - Organisation"}, {Company, "Organization - Name|Organisatie - Naam|Organisation - Nom|Organisation - Name"},
				// Unverified: Pipedrive does not list the parts of an address.
				{Country, "Country of Postal address"}, {City, "City/town/village/locality of Postal address"}, {Zip, "ZIP/Postal code of Postal address"},
				{State, "State/county of Postal address"}, {Street, "Street/road name of Postal address"}, {HouseNumber, "House number of Postal address"}},
			exclusions: []exclusion{{WhyWholeOne, "Postal address|Full/combined address of Postal address"}, {WhyOwner, "Owner|Eigenaar|Propriétaire|Visible to"}, {WhyConsent, "Marketing status|Double opt-in"},
				{WhyFirm, "Organization - *|Organisation - *|Organisatie - *"}, {WhyOther, "Deal - *|Lead - *"}, {WhyID, "ID"}}},
		{Name: "a Zoho CRM export", How: "Zoho", Sep: ";", Marks: []string{"Record Id|Contact Owner.id", "Record Id|Lead Owner.id", "Record Id|Contact Owner|Contact Owner.id", "Record Id|Contact Owner|Contact Owner.id|Last Name", "Record Id|Lead Owner|Lead Owner.id|Last Name", "Contact Owner|Account Name.id"},
			means: []meant{{Job, "Title"}}, exclusions: []exclusion{{WhyOwner, "Contact Owner|Lead Owner"}, {WhyConsent, "Email Opt Out|Unsubscribed Mode"}, {WhyID, "Record Id"}}},
		{Name: "a Close export of leads", How: "Close", Marks: []string{"display_name|status_label|primary_contact_name", "display_name|status_label|primary_contact_primary_email"},
			means:      []meant{{Company, "display_name"}, {FullName, "primary_contact_name"}, {Job, "primary_contact_title"}, {Email, "primary_contact_primary_email"}, {Phone, "primary_contact_primary_phone"}, {Note, "description"}},
			exclusions: []exclusion{{WhyID, "id"}, {WhyOwner, "created_by_name|updated_by_name|lead_owner_name"}, {WhyFact, "status_label"}}},
		{Name: "an Odoo export", How: "Odoo", Sep: ",", fillers: "False|ONWAAR|FALSCH|FAUX|FALSO", records: "External ID|Name|Display Name|id|name", Marks: []string{"External ID|Company Type", "External ID|Related Company", "External ID|Name|Salesperson", "External ID|Name|Company Type|Related Company", "id|name|parent_id/id", "id|name|is_company"},
			means: []meant{{FullName, "Name|Display Name"}, {Company, "Related Company|Related Company/Name|parent_id/name|Company Name"}, {Country, "Country|country_id|country_id/code"}, {State, "State|state_id"}, {Job, "function"}, {Note, "comment"}, {Tags, "category_id"}},
			exclusions: []exclusion{{WhyID, "External ID|ID|Country/Database ID|Country/External ID|Related Company/External ID|Related Company/Database ID|parent_id/id|parent_id/.id|country_id/id|state_id/id"},
				{WhyElse, "Company Type|is_company"}, {WhyOwner, "Salesperson|user_id"}, {WhyOther, "Contacts/*|child_ids/*|Related Company/*"}}},
	}
}

func estateCRMs() []*Program {
	return []*Program{
		{Name: "a Follow Up Boss export", How: "Follow Up Boss", Marks: []string{"Stage|Assigned To|Last Activity", "Stage|Assigned To|Search Criteria", "Stage|Assigned To|Price Min/Max", "Assigned To|Lead Source|Stage|Tags"},
			exclusions: []exclusion{{WhyOwner, "Assigned To|Lender|Collaborators|Pond"}, {WhyElse, "Search Criteria|Price Min/Max|Home Price|Property Type|MLS Number|Last Activity"}, {WhyID, "ID"}}},
		{Name: "a kvCORE (BoldTrail) export", How: "kvCORE", Marks: []string{"Cell Phone 1|Deal Type|Hashtags", "Cell Phone 1|TCPA Optin Date", "Cell Phone 1|Deal Type|Hashtags|TCPA Optin Date", "Contact Id|Cell Phone 1|Email Optin"},
			exclusions: []exclusion{{WhyConsent, "Email Optin|Text On|Phone On|Valuation Optin|TCPA Optin Date|TCPA Optin Party|TCPA Optin Party ID"}, {WhyOwner, "Assigned Agent|Agent Email|Assigned Agent ID|Owner Type|Owner ID"},
				{WhyOther, "Spouse First Name|Spouse Last Name|Spouse Phone|Spouse Email|Spouse Birthday|Referrer"}, {WhyCompare, "Email Count|Call Count|Text Count|Search Count|Saved Search Count|Fav Count|Rating|Status|Email Verified|Phone Verified|Last Email|Last Call|Last Email Date|Avg Price"},
				{WhyID, "Contact Id|External Vendor ID|Active MLS ID"}, {WhyWholeOne, "Complete Primary Address|Secondary Address|Location"}}},
	}
}

func mailers() []*Program {
	exclusions := []exclusion{{WhyConsent, "OPTIN_TIME|OPTIN_IP|CONFIRM_TIME|CONFIRM_IP|UNSUB_TIME|UNSUB_CAMPAIGN_TITLE|UNSUB_CAMPAIGN_ID|UNSUB_REASON|UNSUB_REASON_OTHER|CLEAN_TIME|CLEAN_CAMPAIGN_TITLE|CLEAN_CAMPAIGN_ID"},
		{WhyID, "LEID|EUID"}, {WhyCompare, "MEMBER_RATING|LATITUDE|LONGITUDE|GMTOFF|DSTOFF|TIMEZONE|LAST_CHANGED"}, {WhyWholeOne, "Address"}}
	means := []meant{{Country, "CC"}, {State, "REGION"}}
	mailchimp := func(name, warning string, marks ...string) *Program {
		return &Program{Name: name, How: "Mailchimp", Warning: warning, exclusions: exclusions, means: means, Marks: marks}
	}
	return []*Program{
		{Name: "a Brevo export", How: "Brevo", Marks: []string{"EMAIL|SMS|EXT_ID", "EMAIL|SMS|ADDED_TIME", "EMAIL|SMS|EMAIL_BLACKLISTED", "CONTACT ID|EMAIL|SMS"},
			means: []meant{{Phone, "SMS|WHATSAPP"}}, exclusions: []exclusion{{WhyID, "CONTACT ID|EXT_ID"}, {WhyConsent, "OPT_IN|DOUBLE_OPT-IN|EMAIL_BLACKLISTED|SMS_BLACKLISTED"}}},
		mailchimp("a Mailchimp export", "", "Email Address|MEMBER_RATING|LEID", "Email Address|MEMBER_RATING|OPTIN_TIME", "Email Address|OPTIN_TIME|EUID", "Email Address|MEMBER_RATING|OPTIN_TIME|LEID|EUID"),
		mailchimp("a Mailchimp export of people who have unsubscribed", "they must not be mailed", "Email Address|MEMBER_RATING|OPTIN_TIME|LEID|EUID|UNSUB_TIME", "Email Address|UNSUB_TIME|UNSUB_REASON|UNSUB_CAMPAIGN_TITLE"),
		mailchimp("a Mailchimp export of addresses that were cleaned", "mail to them bounced", "Email Address|MEMBER_RATING|OPTIN_TIME|LEID|EUID|CLEAN_TIME", "Email Address|CLEAN_TIME|CLEAN_CAMPAIGN_TITLE|CLEAN_CAMPAIGN_ID"),
		{Name: "a Shopify export of customers", How: "Shopify", Sep: ",", Marks: []string{"Accepts Email Marketing|Default Address Zip", "Customer ID|Accepts Email Marketing|Total Spent", "Accepts Marketing|Province Code|Country Code|Zip", "Customer ID|Accepts Email Marketing|Default Address Zip|Total Orders"},
			means:      []meant{{Company, "Default Address Company"}, {Phone, "Phone"}, {Phone, "Default Address Phone"}, {State, "Province Code"}, {Country, "Country Code"}},
			exclusions: []exclusion{{WhyConsent, "Accepts Email Marketing|Accepts SMS Marketing|Accepts WhatsApp Marketing|Accepts Marketing"}, {WhyCompare, "Total Spent|Total Orders|Tax Exempt"}}},
	}
}

// dutchPackages: neither Exact Online nor Teamleader nor AFAS publishes its headers, so that the kind of package is all
// that is said. In bookkeeping, the name is a company's.
func dutchPackages() []*Program {
	return []*Program{
		{Name: "an export of a Dutch accounting package", How: "Dutch accounting", fillers: "n.v.t.|nvt|onbekend|geen", Marks: []string{"Debiteurnummer|Naam|Postcode", "Relatiecode|Naam|Postcode", "Code|Naam|Postcode|BTW-nummer", "Naam|Postcode|BTW-nummer|KvK-nummer", "Naam|Postcode|Plaats|Contactpersoon|BTW-nummer"},
			means:      []meant{{Company, "Naam"}, {FullName, "Contactpersoon"}, {CustomerNumber, "Debiteurnummer|Relatiecode|Code"}},
			exclusions: []exclusion{{WhyElse, "BTW-nummer|KvK-nummer|IBAN|BIC|Betalingsconditie|Kredietlimiet"}}},
		{Name: "a list of a Dutch membership or CRM package", How: "Dutch", fillers: "n.v.t.|nvt|onbekend|geen", Marks: []string{"Tussenvoegsel|Achternaam|Relatienummer", "Tussenvoegsel|Achternaam|Lidnummer", "Voornaam|Tussenvoegsel|Achternaam|Geboortedatum"},
			means: []meant{{CustomerNumber, "Relatienummer"}}, exclusions: []exclusion{{WhyID, "Lidnummer"}}},
	}
}
