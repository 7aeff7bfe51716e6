"""The rules of group PRV, in the order of their codes."""

from gov_writer.checking.rule import Rule
from gov_writer.checking.rules.privacy.prv801_id_number import IdNumber
from gov_writer.checking.rules.privacy.prv802_phone_number import PhoneNumber
from gov_writer.checking.rules.privacy.prv803_person_exposed import PersonExposed
from gov_writer.checking.rules.privacy.prv804_classified_mark import ClassifiedMark
from gov_writer.checking.rules.privacy.prv805_private_details import PrivateDetails

RULES: tuple[type[Rule], ...] = (IdNumber, PhoneNumber, PersonExposed, ClassifiedMark, PrivateDetails)
