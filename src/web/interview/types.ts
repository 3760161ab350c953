import type {
  Conformity,
  InterviewRoom,
  InterviewRow,
  InterviewView,
  NrmInterviews,
} from '#wire/interview.ts'

export type { Conformity, InterviewRoom, InterviewRow, InterviewView, NrmInterviews }
