/** Why an act on a complaint is refused. */
export const complaintRefusals = [
  'complaint_advocate_open',
  'complaint_advocate_twice',
  'complaint_answer_open',
  'complaint_ground_needed',
  'complaint_nobody_to_ask',
  'complaint_passed_needed',
  'complaint_question_open',
] as const
